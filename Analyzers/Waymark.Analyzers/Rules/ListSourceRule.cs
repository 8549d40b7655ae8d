using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM2025: a list that comes from the query of a request with a body, without anybody saying so.</summary>
/// <remarks>
/// A list of values that text is parsed into comes from the query by the rule for its items. On a method with a body it
/// is as often meant to be that: <c>byte[] body</c> is empty then, and nothing says why.
/// </remarks>
internal static class ListSourceRule
{
    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, IReadOnlyList<RouteEntry> entries)
    {
        // One sentence for a parameter, though several routes of the method may have the mistake.
        RouteEntry? entry = entries.FirstOrDefault(candidate =>
            candidate.Route.Verb is "POST" or "PUT" or "PATCH"
            && !candidate.Route.Handler.Leaves.Any(BodyVerbRule.IsContent));
        if (entry is null)
            return;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            ParameterModel model = entry.Route.Handler.Parameters[parameter.Ordinal];
            if (model is not { Source: ParameterSource.Query, Value.Collection: not CollectionKind.None }
                || SourceReader.Explicit(parameter.GetAttributes()) is not null)
            {
                continue;
            }

            string name = parameter.Name;
            context.ReportDiagnostic(Diagnostic.Create(
                BindingDescriptors.UnstatedList,
                Place.OfSymbol(parameter),
                Place.Nothing.Add(Place.NameProperty, name),
                $"'{name}' is taken from the query of {entry.Route.Verb}, an item for each '?{name}=', because its " +
                $"items can be parsed: the body is not read. Say [Body] if '{name}' is the body, or [Query] if it is " +
                "not."));
        }
    }
}
