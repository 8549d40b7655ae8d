using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of what a route reads and answers.</summary>
/// <remarks>
/// Every message is a finished sentence that names the input, the rule and the way out; so the format is empty.
/// </remarks>
internal static class ResponseDescriptors
{
    private const string Category = "Waymark.Responses";

    public static readonly DiagnosticDescriptor UnlistedJsonType = new(
        "WM3001", "A JSON type is listed in a JsonSerializerContext", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM3001.md");

    public static readonly DiagnosticDescriptor UntypedResult = new(
        "WM3002", "A handler says which type it answers", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3002.md");

    public static readonly DiagnosticDescriptor UnknownOutcome = new(
        "WM3003", "A handler says which statuses it answers", "{0}", Category, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM3003.md");

    public static readonly DiagnosticDescriptor ImpossibleStatus = new(
        "WM3004", "A status can be sent, and with a body where there is one", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM3004.md");

    public static readonly DiagnosticDescriptor SharedStatus = new(
        "WM3005", "Two answers with one status have one body", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3005.md");

    public static readonly DiagnosticDescriptor MediaType = new(
        "WM3006", "A handler produces media types that exist", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM3006.md");

    public static readonly DiagnosticDescriptor BlockingCall = new(
        "WM3008", "A handler does not block its thread", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3008.md");

    public static readonly DiagnosticDescriptor UnlistedDerivedType = new(
        "WM3009", "An abstract JSON type lists the types that derive from it", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3009.md");

    public static readonly DiagnosticDescriptor DeferredQuery = new(
        "WM3010", "A query is over before what it reads is disposed", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3010.md");

    public static readonly DiagnosticDescriptor UnsupportedMember = new(
        "WM3011", "A member of a JSON type has a type that JSON can hold", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3011.md");

    public static readonly DiagnosticDescriptor UnusualMediaType = new(
        "WM3012", "A media type is not one letter away from a usual one", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3012.md");
}
