using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Handlers;
using Waymark.CodeFixes.Json;
using Waymark.CodeFixes.Mounts;
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

/// <summary>Fixes of WM5014.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MountPrefixFixProvider))]
[Shared]
public sealed class MountPrefixFixProvider() : EditFixProvider("WM5014", new SpellMountPrefix());
