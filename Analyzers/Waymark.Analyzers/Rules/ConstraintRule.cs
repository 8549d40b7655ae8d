using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>WM1027: reports a constraint method that templates cannot use.</summary>
internal static class ConstraintRule
{
    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, RouteSet routes)
    {
        // No constraint, or a sound one.
        if (routes.ConstraintProblemOf(method) is not { } problem)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            AllDescriptors.Of(problem.Id), Place.OfSymbol(method), problem.Message));
    }
}
