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

    public static readonly DiagnosticDescriptor BlockingCall = new(
        "WM3008", "A handler does not block its thread", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM3008.md");
}
