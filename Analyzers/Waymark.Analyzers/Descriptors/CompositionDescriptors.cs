using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of route names, of middleware, and of tables that are mounted into others.</summary>
internal static class CompositionDescriptors
{
    private const string Links = "Waymark.Links";
    private const string Composition = "Waymark.Composition";

    public static readonly DiagnosticDescriptor RouteName = new(
        "WM4001", "A route name is given once", "{0}", Links, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM4001.md");

    public static readonly DiagnosticDescriptor LinkName = new(
        "WM2035", "A route has a link of its own", "{0}", Links, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2035.md");

    public static readonly DiagnosticDescriptor UnmakeableMiddleware = new(
        "WM5001", "Middleware can be made by generated code", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5001.md");

    public static readonly DiagnosticDescriptor IdleMiddleware = new(
        "WM5015", "Middleware stands around a route", "{0}", Composition, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM5015.md");

    public static readonly DiagnosticDescriptor MissingService = new(
        "WM5003", "A service that a handler takes is in the program's set", "{0}", Composition,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM5003.md");

    public static readonly DiagnosticDescriptor MountedType = new(
        "WM5009", "A mount names an exported route table", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5009.md");

    public static readonly DiagnosticDescriptor MountConflict = new(
        "WM5010", "A mounted route does not answer the same path as another", "{0}", Composition,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5010.md");

    public static readonly DiagnosticDescriptor MountCycle = new(
        "WM5011", "A table is not mounted into itself", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5011.md");

    public static readonly DiagnosticDescriptor TableName = new(
        "WM6004", "No type has the name of the generated table", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM6004.md");

    public static readonly DiagnosticDescriptor WebSocketShape = new(
        "WM5013", "A WebSocket route takes its socket and returns a task", "{0}", Composition,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5013.md");

    public static readonly DiagnosticDescriptor MountPrefix = new(
        "WM5014", "A mount has a literal prefix", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5014.md");

    public static readonly DiagnosticDescriptor AnyOriginWithCredentials = new(
        "WM5017", "Credentials go with origins that are named", "{0}", Composition, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM5017.md");
}
