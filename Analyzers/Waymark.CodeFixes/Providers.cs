using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.CodeFixes.Bodies;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Handlers;
using Waymark.CodeFixes.Json;
using Waymark.CodeFixes.Mounts;
using Waymark.CodeFixes.Policies;
using Waymark.CodeFixes.Links;
using Waymark.CodeFixes.Projects;
using Waymark.CodeFixes.Responses;
using Waymark.CodeFixes.Templates;

namespace Waymark.CodeFixes;

/// <summary>Fixes of WM1001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TemplateStartFixProvider))]
[Shared]
public sealed class TemplateStartFixProvider() : EditFixProvider("WM1001", new PrependSlash());

/// <summary>Fixes of WM1002.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EmptySegmentFixProvider))]
[Shared]
public sealed class EmptySegmentFixProvider() : EditFixProvider("WM1002", new CollapseSlashes());

/// <summary>Fixes of WM1003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParameterNameFixProvider))]
[Shared]
public sealed class ParameterNameFixProvider() : EditFixProvider("WM1003", new SpellParameter());

/// <summary>Fixes of WM1004.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DuplicateNameFixProvider))]
[Shared]
public sealed class DuplicateNameFixProvider() : EditFixProvider("WM1004", new RenameDuplicate());

/// <summary>Fixes of WM1005.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CatchAllOrderFixProvider))]
[Shared]
public sealed class CatchAllOrderFixProvider() : EditFixProvider("WM1005", new CaptureOneSegment());

/// <summary>Fixes of WM1006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OptionalOrderFixProvider))]
[Shared]
public sealed class OptionalOrderFixProvider() : EditFixProvider("WM1006", new DropQuestionMark());

/// <summary>Fixes of WM1007.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TouchingCapturesFixProvider))]
[Shared]
public sealed class TouchingCapturesFixProvider() : EditFixProvider("WM1007", new DivideByDash(), new DivideBySlash());

/// <summary>Fixes of WM1008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstraintNameFixProvider))]
[Shared]
public sealed class ConstraintNameFixProvider()
    : EditFixProvider("WM1008", new SpellConstraint(), new WriteConstraint());

/// <summary>Fixes of WM1009.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstraintArgumentFixProvider))]
[Shared]
public sealed class ConstraintArgumentFixProvider()
    : EditFixProvider("WM1009", new SwapBounds(), new DropParentheses());

/// <summary>Fixes of WM1010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RouteConflictFixProvider))]
[Shared]
public sealed class RouteConflictFixProvider()
    : EditFixProvider("WM1010", new ConstrainCapture(), new RaiseRank(), new RemoveConflict());

/// <summary>Fixes of WM1011.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreachableRouteFixProvider))]
[Shared]
public sealed class UnreachableRouteFixProvider() : EditFixProvider("WM1011", new RemoveUnreachable());

/// <summary>Fixes of WM1013.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BackslashFixProvider))]
[Shared]
public sealed class BackslashFixProvider() : EditFixProvider("WM1013", new WriteSlash());

/// <summary>Fixes of WM1014.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LiteralSpellingFixProvider))]
[Shared]
public sealed class LiteralSpellingFixProvider() : EditFixProvider("WM1014", new SpellLiteral());

/// <summary>Fixes of WM1015.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QueryInTemplateFixProvider))]
[Shared]
public sealed class QueryInTemplateFixProvider() : EditFixProvider("WM1015", new MoveToQuery());

/// <summary>Fixes of WM1016.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrailingSlashFixProvider))]
[Shared]
public sealed class TrailingSlashFixProvider() : EditFixProvider("WM1016", new EndAlike());

/// <summary>Fixes of WM1017.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpperCaseFixProvider))]
[Shared]
public sealed class UpperCaseFixProvider() : EditFixProvider("WM1017", new LowerLiteral());

/// <summary>Fixes of WM1020.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepeatedPrefixFixProvider))]
[Shared]
public sealed class RepeatedPrefixFixProvider() : EditFixProvider("WM1020", new StripPrefix());

/// <summary>Fixes of WM2001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingParameterFixProvider))]
[Shared]
public sealed class MissingParameterFixProvider()
    : EditFixProvider("WM2001", new RenameCapture(), new AddParameter("WM2001"));

/// <summary>Fixes of WM2002.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PathParameterFixProvider))]
[Shared]
public sealed class PathParameterFixProvider() : EditFixProvider("WM2002", new RenameParameter(), new AppendCapture());

/// <summary>Fixes of WM2003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreadablePathFixProvider))]
[Shared]
public sealed class UnreadablePathFixProvider()
    : EditFixProvider("WM2003", new TakeText("WM2003"), new ParsableStub("WM2003"));

/// <summary>Fixes of WM2004.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreadableTextFixProvider))]
[Shared]
public sealed class UnreadableTextFixProvider()
    : EditFixProvider("WM2004", new TakeText("WM2004"), new ParsableStub("WM2004"));

/// <summary>Fixes of WM2005.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingCaptureFixProvider))]
[Shared]
public sealed class MissingCaptureFixProvider() : EditFixProvider("WM2005", new MakeNullable(), new GiveDefault());

/// <summary>Fixes of WM2006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeverNullFixProvider))]
[Shared]
public sealed class NeverNullFixProvider() : EditFixProvider("WM2006", new DropNullable());

/// <summary>Fixes of WM2007.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SecondBodyFixProvider))]
[Shared]
public sealed class SecondBodyFixProvider() : EditFixProvider("WM2007", new DropSecondBody());

/// <summary>Fixes of WM2008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BodyWithoutMeaningFixProvider))]
[Shared]
public sealed class BodyWithoutMeaningFixProvider() : EditFixProvider("WM2008", new TakeFromQuery());

/// <summary>Fixes of WM2010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownSourceFixProvider))]
[Shared]
public sealed class UnknownSourceFixProvider()
    : EditFixProvider("WM2010", new StateService(), new StateQuery(), new StateBind(), new StateBody());

/// <summary>Fixes of WM2011.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnfillableParameterFixProvider))]
[Shared]
public sealed class UnfillableParameterFixProvider() : EditFixProvider("WM2011", new TakeByValue());

/// <summary>Fixes of WM2013.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SecondTokenFixProvider))]
[Shared]
public sealed class SecondTokenFixProvider() : EditFixProvider("WM2013", new RemoveParameter("WM2013"));

/// <summary>Fixes of WM2014.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoredCancellationFixProvider))]
[Shared]
public sealed class IgnoredCancellationFixProvider() : EditFixProvider("WM2014", new PassToken());

/// <summary>Fixes of WM2017.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameValueTwiceFixProvider))]
[Shared]
public sealed class SameValueTwiceFixProvider() : EditFixProvider("WM2017", new RenameKey());

/// <summary>Fixes of WM2019.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnmakeableTypeFixProvider))]
[Shared]
public sealed class UnmakeableTypeFixProvider() : EditFixProvider("WM2019", new OpenConstructor());

/// <summary>Fixes of WM2021.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ImpossibleAttributeFixProvider))]
[Shared]
public sealed class ImpossibleAttributeFixProvider() : EditFixProvider("WM2021", new SwapLimits());

/// <summary>Fixes of WM2022.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FormWithoutBodyFixProvider))]
[Shared]
public sealed class FormWithoutBodyFixProvider() : EditFixProvider("WM2022", new AnswerPost());

/// <summary>Fixes of WM2024.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnreadParameterFixProvider))]
[Shared]
public sealed class UnreadParameterFixProvider() : EditFixProvider("WM2024", new RemoveParameter("WM2024"));

/// <summary>Fixes of WM2025.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnstatedListFixProvider))]
[Shared]
public sealed class UnstatedListFixProvider() : EditFixProvider("WM2025", new StateListBody(), new StateListQuery());

/// <summary>Fixes of WM2030.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InstanceHandlerFixProvider))]
[Shared]
public sealed class InstanceHandlerFixProvider() : EditFixProvider("WM2030", new MakeStatic());

/// <summary>Fixes of WM2031.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HiddenHandlerFixProvider))]
[Shared]
public sealed class HiddenHandlerFixProvider() : EditFixProvider("WM2031", new MakeInternal());

/// <summary>Fixes of WM2033.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidFixProvider))]
[Shared]
public sealed class AsyncVoidFixProvider() : EditFixProvider("WM2033", new ReturnValueTask());

/// <summary>Fixes of WM2035.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LinkNameFixProvider))]
[Shared]
public sealed class LinkNameFixProvider() : EditFixProvider("WM2035", new NameRoute("WM2035"));

/// <summary>Fixes of WM3001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JsonTypeFixProvider))]
[Shared]
public sealed class JsonTypeFixProvider() : EditFixProvider("WM3001", new ListJsonType());

/// <summary>Fixes of WM4009.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownSchemeFixProvider))]
[Shared]
public sealed class UnknownSchemeFixProvider() : EditFixProvider("WM4009", new SpellArgument("WM4009"));

/// <summary>Fixes of WM5014.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MountPrefixFixProvider))]
[Shared]
public sealed class MountPrefixFixProvider() : EditFixProvider("WM5014", new SpellMountPrefix());

/// <summary>Fixes of WM5017.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CredentialsFixProvider))]
[Shared]
public sealed class CredentialsFixProvider() : EditFixProvider("WM5017", new DropCredentials());
/// <summary>Fixes of WM3008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingCallFixProvider))]
[Shared]
public sealed class BlockingCallFixProvider() : EditFixProvider("WM3008", new AwaitInstead());

/// <summary>Fixes of WM3012.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusualMediaTypeFixProvider))]
[Shared]
public sealed class UnusualMediaTypeFixProvider() : EditFixProvider("WM3012", new SpellArgument("WM3012"));

/// <summary>Fixes of WM4001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RouteNameFixProvider))]
[Shared]
public sealed class RouteNameFixProvider() : EditFixProvider("WM4001", new NameRoute("WM4001"));
/// <summary>Fixes of WM3006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MediaTypeFixProvider))]
[Shared]
public sealed class MediaTypeFixProvider() : EditFixProvider("WM3006", new SpellArgument("WM3006"));

/// <summary>Fixes of WM3009.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DerivedTypeFixProvider))]
[Shared]
public sealed class DerivedTypeFixProvider() : EditFixProvider("WM3009", new ListDerivedTypes());

/// <summary>Fixes of WM3010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeferredQueryFixProvider))]
[Shared]
public sealed class DeferredQueryFixProvider() : EditFixProvider("WM3010", new EndQuery());

/// <summary>Fixes of WM3011.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JsonMemberFixProvider))]
[Shared]
public sealed class JsonMemberFixProvider() : EditFixProvider("WM3011", new IgnoreMember());

/// <summary>Fixes of WM4002.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LiteralPathFixProvider))]
[Shared]
public sealed class LiteralPathFixProvider() : EditFixProvider("WM4002", new UseLink());

/// <summary>Fixes of WM4003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownPathFixProvider))]
[Shared]
public sealed class UnknownPathFixProvider() : EditFixProvider("WM4003", new SpellPath());

/// <summary>Fixes of WM4004.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SummaryFixProvider))]
[Shared]
public sealed class SummaryFixProvider() : EditFixProvider("WM4004", new AddSummary());

/// <summary>Fixes of WM4005.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DocumentedParameterFixProvider))]
[Shared]
public sealed class DocumentedParameterFixProvider() : EditFixProvider("WM4005", new RenameDocumented());

/// <summary>Fixes of WM5010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MountConflictFixProvider))]
[Shared]
public sealed class MountConflictFixProvider() : EditFixProvider("WM5010", new MovePrefix());

/// <summary>Fixes of WM5012.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedTableFixProvider))]
[Shared]
public sealed class UnusedTableFixProvider() : EditFixProvider("WM5012", new ServeRoutes());

/// <summary>Fixes of WM7001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandClassFixProvider))]
[Shared]
public sealed class CommandClassFixProvider() : EditFixProvider("WM7001", new MakePartial());

/// <summary>Fixes of WM7003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandParameterFixProvider))]
[Shared]
public sealed class CommandParameterFixProvider() : EditFixProvider("WM7003", new AddParameter("WM7003"));
