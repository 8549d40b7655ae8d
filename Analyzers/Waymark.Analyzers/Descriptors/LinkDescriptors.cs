using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of literal paths, of what is written about routes, and of the API that they are.</summary>
/// <remarks>
/// Every message is a finished sentence that names the input, the rule and the way out; so the format is empty.
/// </remarks>
internal static class LinkDescriptors
{
    private const string Links = "Waymark.Links";
    private const string Documentation = "Waymark.Documentation";
    private const string Api = "Waymark.Api";

    public static readonly DiagnosticDescriptor LiteralPath = new(
        "WM4002", "A path of the project's own is a link", "{0}", Links, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM4002.md");

    public static readonly DiagnosticDescriptor UnknownPath = new(
        "WM4003", "A literal path leads to a route", "{0}", Links, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM4003.md");

    public static readonly DiagnosticDescriptor MissingSummary = new(
        "WM4004", "A route has a summary", "{0}", Documentation, DiagnosticSeverity.Info, false,
        helpLinkUri: "docs/diagnostics/WM4004.md");

    public static readonly DiagnosticDescriptor UnknownParameter = new(
        "WM4005", "A documented parameter exists", "{0}", Documentation, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM4005.md");

    public static readonly DiagnosticDescriptor ImpossibleResponse = new(
        "WM4006", "A documented answer can be given", "{0}", Documentation, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM4006.md");

    public static readonly DiagnosticDescriptor BrokenApi = new(
        "WM4008", "An API that was shipped is kept", "{0}", Api, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM4008.md");

    public static readonly DiagnosticDescriptor UnknownScheme = new(
        "WM4009", "A security scheme is one that the assembly describes", "{0}", Documentation,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM4009.md");

    public static readonly DiagnosticDescriptor UnshippedRoute = new(
        "WM4010", "A route is in the file of the shipped API", "{0}", Api, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM4010.md");
}
