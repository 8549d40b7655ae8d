using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Finds the lines that the problems of commands are about, for builds without analyzers.</summary>
internal static class CommandPlaces
{
    /// <summary>The problems with their places; those that no place is known of have none.</summary>
    public static EquatableArray<PlacedProblem> Of(EquatableArray<RouteProblem> problems, Compilation compilation)
    {
        if (problems.Count == 0)
            return EquatableArray<PlacedProblem>.Empty;
        var commands = new List<(IMethodSymbol Method, AttributeData Attribute, CommandModel Command)>();
        try
        {
            foreach (IMethodSymbol method in ProblemPlaces.MethodsIn(compilation.Assembly.GlobalNamespace))
                commands.AddRange(CommandReader.ReadAll(method).Select(read => (method, read.Attribute, read.Command)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reading failed on one command before, and WM6003 says so: its text counts for more than the places.
            return problems.Select(PlacedProblem.Nowhere).ToEquatableArray();
        }

        return problems.Select(report => ProblemPlaces.Place(report, Find(report, commands))).ToEquatableArray();
    }

    private static Location? Find(
        RouteProblem report, List<(IMethodSymbol Method, AttributeData Attribute, CommandModel Command)> commands)
    {
        foreach ((IMethodSymbol method, AttributeData attribute, CommandModel command) in commands)
        {
            if (command.Template == report.Template && command.Label == report.Handler)
                return ProblemPlaces.PlaceOf(report.Problem, method, attribute);
        }

        return null;
    }
}
