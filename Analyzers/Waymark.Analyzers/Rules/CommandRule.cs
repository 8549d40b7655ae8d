using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Rules;

/// <summary>Reports what the shared reading found wrong with commands, and WM2005 on those without a mistake.</summary>
internal static class CommandRule
{
    private const string MissingCapture = "WM2005";

    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, Lazy<RouteSet> routes)
    {
        // Without the attribute there is no command.
        if (!HasCommand(method))
            return;
        // Two attributes on one method find the same mistake of the method twice.
        var seen = new HashSet<(string, Location, string)>();
        foreach (CommandEntry entry in routes.Value.Commands.Of(method))
        {
            foreach (Problem problem in entry.Problems.Concat(FindAdvice(entry)))
            {
                if (IsReportedElsewhere(entry, problem))
                    continue;
                (Location location, bool isExact) = Locate(entry, problem, context.CancellationToken);
                if (seen.Add((problem.Id, location, problem.Message)))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        AllDescriptors.Of(problem.Id), location, PropertiesOf(entry, problem, isExact, routes.Value),
                        problem.Message));
                }
            }
        }
    }

    /// <summary>WM7001 of a class whose base is right: once, at its name.</summary>
    public static void CheckClass(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // A class that is no handler is reported at its commands: nobody may have meant it to be one.
        if (CommandClassReader.HandlerOf(type) is null || CommandClassReader.FindMistake(type) is not { } mistake)
            return;
        // A handler without commands of its own needs no generated part.
        if (!type.GetMembers().OfType<IMethodSymbol>().Any(HasCommand))
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            AllDescriptors.Of(mistake.Id), Place.OfSymbol(type), mistake.Message));
    }

    private static bool HasCommand(IMethodSymbol method) => method.GetAttributes().Any(CommandReader.IsCommand);

    private static bool IsReportedElsewhere(CommandEntry entry, Problem problem)
    {
        if (problem.Id == CommandClassReader.Rule)
            return CommandClassReader.HandlerOf(entry.Method.ContainingType) is not null;
        // A mistake in the template may be why a capture and a parameter do not find each other.
        if (problem.Id == CommandParameterReader.Unbound && entry.Template.Problems.Count > 0)
            return true;
        // What is no method of a class has no parameters to bind.
        if (problem.Parameter is not null && entry.Problems.Any(other => other.Id == "WM2034"))
            return true;
        // A type that does not exist is the compiler's to report.
        return problem.Parameter is not null
            ? IsUnknown(ParameterOf(entry, problem)?.Type)
            : problem.Id == CommandResultReader.Rule && IsUnknown(entry.Method.ReturnType);
    }

    /// <summary>The parameters that cannot say that their word is missing.</summary>
    private static IEnumerable<Problem> FindAdvice(CommandEntry entry)
    {
        if (entry.Problems.Count > 0)
            yield break;
        foreach (CommandParameter parameter in entry.Command.Parameters)
        {
            bool isRead = parameter.Source is CommandSource.Value or CommandSource.RestValue;
            if (!isRead || parameter is not { IsOptional: true, Nullability: Nullability.None, Default: null })
                continue;
            yield return Problem.AtParameter(
                MissingCapture, parameter.Name,
                $"'{parameter.Name}' may be missing in \"{entry.Command.Template}\", and the parameter is then " +
                $"{(parameter.TypeName == "string" ? "\"\"" : "default")}: make it nullable, or give it a default " +
                "value.");
        }
    }

    private static (Location Location, bool IsExact) Locate(CommandEntry entry, Problem problem, CancellationToken stop)
    {
        if (problem.Parameter is not null)
            return (Place.OfSymbol((ISymbol?)ParameterOf(entry, problem) ?? entry.Method), false);
        if (problem.Id == CommandChecks.Conflict)
            return (Place.OfTemplate(entry.Attribute, stop), false);
        if (problem.Start >= 0)
            return Place.OfTemplatePart(entry.Attribute, problem.Start, problem.Length, stop);
        return problem.Id == CommandResultReader.Rule
            ? (Place.OfReturnType(entry.Method, stop), false)
            : (Place.OfSymbol(entry.Method), false);
    }

    private static ImmutableDictionary<string, string?> PropertiesOf(
        CommandEntry entry, Problem problem, bool isExact, RouteSet routes)
    {
        ImmutableDictionary<string, string?> properties = Place.Nothing;
        if (isExact)
            properties = properties.Add(Place.ExactProperty, "");
        if (problem.Id == "WM1008" && routes.Constraints.Closest(TextOf(entry, problem)) is { } closest)
            properties = properties.Add(Place.SuggestionProperty, closest);
        Part? capture = problem.Start < 0 ? null : entry.Template.Path.Captures.FirstOrDefault(part =>
            part.Start <= problem.Start && problem.Start < part.Start + part.Length);
        string? name = problem.Parameter ?? capture?.Text;
        return name is null ? properties : properties.Add(Place.NameProperty, name);
    }

    private static string TextOf(CommandEntry entry, Problem problem) =>
        entry.Command.Template.Substring(problem.Start, problem.Length);

    private static IParameterSymbol? ParameterOf(CommandEntry entry, Problem problem) =>
        entry.Method.Parameters.FirstOrDefault(candidate => candidate.Name == problem.Parameter);

    private static bool IsUnknown(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsUnknown(array.ElementType),
        INamedTypeSymbol named => named.TypeKind == TypeKind.Error || named.TypeArguments.Any(IsUnknown),
        _ => false,
    };
}
