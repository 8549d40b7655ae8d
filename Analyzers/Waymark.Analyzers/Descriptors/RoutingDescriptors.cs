using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of templates and of the routes among each other.</summary>
/// <remarks>
/// Every message is a finished sentence that names the input, the rule and the way out; so the format is empty.
/// </remarks>
internal static class RoutingDescriptors
{
    private const string Category = "Waymark.Routing";

    public static readonly DiagnosticDescriptor TemplateStart = new(
        "WM1001", "A template starts with a slash", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1001.md");

    public static readonly DiagnosticDescriptor EmptySegment = new(
        "WM1002", "A template has no empty segments", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1002.md");

    public static readonly DiagnosticDescriptor ParameterName = new(
        "WM1003", "A parameter name is a C# identifier", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1003.md");

    public static readonly DiagnosticDescriptor DuplicateName = new(
        "WM1004", "A parameter name stands once in a template", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1004.md");

    public static readonly DiagnosticDescriptor CatchAllOrder = new(
        "WM1005", "A catch-all stands last", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1005.md");

    public static readonly DiagnosticDescriptor OptionalOrder = new(
        "WM1006", "An optional parameter stands last", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1006.md");

    public static readonly DiagnosticDescriptor TouchingCaptures = new(
        "WM1007", "Two captures have a literal between them", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1007.md");

    public static readonly DiagnosticDescriptor UnknownConstraint = new(
        "WM1008", "A constraint is known", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1008.md");

    public static readonly DiagnosticDescriptor ConstraintArgument = new(
        "WM1009", "A constraint has the argument that it needs", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1009.md");

    public static readonly DiagnosticDescriptor RouteConflict = new(
        "WM1010", "Two routes do not answer the same path alike", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1010.md");

    public static readonly DiagnosticDescriptor UnreachableRoute = new(
        "WM1011", "A route gets requests", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM1011.md",
        customTags: [WellKnownDiagnosticTags.Unnecessary]);

    public static readonly DiagnosticDescriptor OverlappingConstraints = new(
        "WM1012", "Constraints in one place exclude each other, or ranks say which goes first", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM1012.md");

    public static readonly DiagnosticDescriptor Backslash = new(
        "WM1013", "A template is written with slashes", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1013.md");

    public static readonly DiagnosticDescriptor LiteralSpelling = new(
        "WM1014", "A literal is spelled as requests are", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM1014.md");

    public static readonly DiagnosticDescriptor QueryInTemplate = new(
        "WM1015", "A template is a path without query or fragment", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1015.md");

    public static readonly DiagnosticDescriptor TrailingSlash = new(
        "WM1016", "The templates of a class end alike", "{0}", Category, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM1016.md");

    public static readonly DiagnosticDescriptor UpperCase = new(
        "WM1017", "A literal is lower case", "{0}", Category, DiagnosticSeverity.Info, false,
        helpLinkUri: "docs/diagnostics/WM1017.md");

    public static readonly DiagnosticDescriptor CaseConflict = new(
        "WM1018", "Where case does not count, two templates differ in more than case", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1018.md");

    public static readonly DiagnosticDescriptor TooManyCaptures = new(
        "WM1019", "A template holds at most 64 captures", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1019.md");

    public static readonly DiagnosticDescriptor RepeatedPrefix = new(
        "WM1020", "A template does not repeat the prefix of its group", "{0}", Category, DiagnosticSeverity.Warning,
        true,
        helpLinkUri: "docs/diagnostics/WM1020.md");

    public static readonly DiagnosticDescriptor MethodToken = new(
        "WM1021", "A route names a request method", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1021.md");

    public static readonly DiagnosticDescriptor ReplacedAnswer = new(
        "WM1022", "An own HEAD or OPTIONS replaces the automatic one", "{0}", Category, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM1022.md");

    public static readonly DiagnosticDescriptor SurprisingLiteral = new(
        "WM1025", "A literal is one that requests hold", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM1025.md");

    public static readonly DiagnosticDescriptor ForbiddenCharacter = new(
        "WM1026", "A template holds only what a path can hold", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1026.md");

    public static readonly DiagnosticDescriptor ConstraintMethod = new(
        "WM1027", "A constraint method has a name of its own and the right shape", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM1027.md");
}
