using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM5001, WM5015: reports a middleware attribute that generated code cannot make, and one that stands around nothing.
/// </summary>
internal static class MiddlewareRule
{
    /// <summary>The attributes of a method.</summary>
    public static void CheckMethod(SymbolAnalysisContext context, IMethodSymbol method, RouteSet routes)
    {
        foreach ((AttributeData attribute, MiddlewareModel middleware) in MiddlewareReader.ReadAt(method))
        {
            Report(
                context.ReportDiagnostic, attribute, middleware,
                routes.Of(method).Count > 0 ? null : $"'{method.Name}' has no route");
        }
    }

    /// <summary>The attributes of a class.</summary>
    public static void CheckType(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach ((AttributeData attribute, MiddlewareModel middleware) in MiddlewareReader.ReadAt(type))
        {
            Report(
                context.ReportDiagnostic, attribute, middleware,
                routes.Value.HoldsRoutes(type) ? null : $"neither '{type.Name}' nor a class in it has a route");
        }
    }

    /// <summary>One attribute of the assembly.</summary>
    public static void CheckAssembly(SyntaxNodeAnalysisContext context, AttributeData attribute, RouteSet routes)
    {
        bool hasRoutes = routes.All.Count > 0 || routes.Conflicts.Mounts.Count > 0;
        string? idle = hasRoutes ? null : "this assembly has no route";
        foreach ((AttributeData known, MiddlewareModel middleware) in
            MiddlewareReader.ReadAt(context.Compilation.Assembly))
        {
            if (known.Equals(attribute))
                Report(context.ReportDiagnostic, attribute, middleware, idle);
        }
    }

    /// <param name="report">Takes the diagnostic.</param>
    /// <param name="attribute">The attribute, which is the place.</param>
    /// <param name="middleware">What was read of it.</param>
    /// <param name="idle">Why it stands around nothing; null where it stands around routes.</param>
    private static void Report(
        Action<Diagnostic> report, AttributeData attribute, MiddlewareModel middleware, string? idle)
    {
        if (idle is not null)
        {
            report(Diagnostic.Create(
                CompositionDescriptors.IdleMiddleware, Place.OfAttribute(attribute),
                $"{middleware.Name} is never run: {idle}. Put it on a method with a route attribute, on a class that " +
                "holds such methods, or remove it."));
        }
        else if (middleware.Problem is { } problem)
        {
            report(Diagnostic.Create(
                CompositionDescriptors.UnmakeableMiddleware, Place.OfAttribute(attribute), problem.Message));
        }
    }
}
