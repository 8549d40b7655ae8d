using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of commands.</summary>
/// <remarks>
/// Every message is a finished sentence that names the input, the rule and the way out; so the format is empty.
/// </remarks>
internal static class CommandDescriptors
{
    private const string Category = "Waymark.Commands";

    public static readonly DiagnosticDescriptor CommandClass = new(
        "WM7001", "A class with commands is a partial CommandHandler", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7001.md");

    public static readonly DiagnosticDescriptor Template = new(
        "WM7002", "A command is words, each a literal or one capture", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7002.md");

    public static readonly DiagnosticDescriptor Unbound = new(
        "WM7003", "The captures of a command and its parameters belong together", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7003.md");

    public static readonly DiagnosticDescriptor Unreadable = new(
        "WM7004", "A parameter of a command has a type that words are read as", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7004.md");

    public static readonly DiagnosticDescriptor Conflict = new(
        "WM7005", "Two commands do not take the same lines", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7005.md");

    public static readonly DiagnosticDescriptor Result = new(
        "WM7006", "A command returns what its handler sends", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM7006.md");
}
