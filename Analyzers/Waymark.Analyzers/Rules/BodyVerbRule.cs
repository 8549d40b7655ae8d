using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM2008: a body that is read from a request whose content means nothing.</summary>
internal static class BodyVerbRule
{
    /// <summary>The section of RFC 9110 that says so; null for a method whose content has a meaning.</summary>
    public static string? SectionOf(string verb) => verb switch
    {
        "GET" => "9.3.1",
        "HEAD" => "9.3.2",
        "DELETE" => "9.3.5",
        "OPTIONS" => "9.3.7",
        "TRACE" => "9.3.8",
        _ => null,
    };

    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, IReadOnlyList<RouteEntry> entries)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            // One sentence for a parameter, though several routes of the method may have the mistake.
            RouteEntry? entry = entries.FirstOrDefault(candidate => SectionOf(candidate.Route.Verb) is not null
                && candidate.Route.Handler.Parameters[parameter.Ordinal].Leaves.Any(IsContent));
            if (entry is null)
                continue;
            string verb = entry.Route.Verb;
            context.ReportDiagnostic(Diagnostic.Create(
                BindingDescriptors.BodyWithoutMeaning,
                Place.OfSymbol(parameter),
                Place.Nothing.Add(Place.NameProperty, parameter.Name),
                $"'{parameter.Name}' is read from the body of {verb}, and the body of such a request has no meaning " +
                $"(RFC 9110 section {SectionOf(verb)}): clients leave it out, proxies drop or refuse it. Take " +
                $"'{parameter.Name}' from the query, or answer POST, PUT or PATCH."));
        }
    }

    /// <summary>True for what comes out of the body of a request.</summary>
    public static bool IsContent(ParameterModel leaf) => leaf.Source == ParameterSource.Body || leaf.IsOfForm;
}
