using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Handlers;
using Waymark.CodeFixes.Json;
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

/// <summary>Fixes of WM1008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstraintNameFixProvider))]
[Shared]
public sealed class ConstraintNameFixProvider() : EditFixProvider("WM1008", new SpellConstraint());

/// <summary>Fixes of WM1010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RouteConflictFixProvider))]
[Shared]
public sealed class RouteConflictFixProvider() : EditFixProvider("WM1010", new RaiseRank());

/// <summary>Fixes of WM2001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingParameterFixProvider))]
[Shared]
public sealed class MissingParameterFixProvider() : EditFixProvider("WM2001", new RenameCapture(), new AddParameter());

/// <summary>Fixes of WM2002.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PathParameterFixProvider))]
[Shared]
public sealed class PathParameterFixProvider() : EditFixProvider("WM2002", new RenameParameter(), new AppendCapture());

/// <summary>Fixes of WM2010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownSourceFixProvider))]
[Shared]
public sealed class UnknownSourceFixProvider()
    : EditFixProvider("WM2010", new StateService(), new StateQuery(), new StateBind(), new StateBody());

/// <summary>Fixes of WM2011.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnfillableParameterFixProvider))]
[Shared]
public sealed class UnfillableParameterFixProvider() : EditFixProvider("WM2011", new TakeByValue());

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

/// <summary>Fixes of WM3001.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JsonTypeFixProvider))]
[Shared]
public sealed class JsonTypeFixProvider() : EditFixProvider("WM3001", new ListJsonType());

/// <summary>Fixes of WM3006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MediaTypeFixProvider))]
[Shared]
public sealed class MediaTypeFixProvider() : EditFixProvider("WM3006", new SpellMediaType());

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
