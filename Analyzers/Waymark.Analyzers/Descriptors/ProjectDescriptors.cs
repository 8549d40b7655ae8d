using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of a project as a whole.</summary>
internal static class ProjectDescriptors
{
    private const string Category = "Waymark.Project";

    public static readonly DiagnosticDescriptor UnusedTable = new(
        "WM5012", "A program with routes serves them", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM5012.md");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "WM6002", "A project is written in C# 12 or later", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM6002.md");
}
