using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Finds the lines that the problems of a compilation are about, for builds without analyzers.</summary>
/// <remarks>
/// It reads the assembly anew, because no model carries a position: one that did would change with every line typed
/// above it. That costs nothing where it counts: it is called where analyzers are off, and ends at once where nothing
/// is wrong.
/// </remarks>
internal static class ProblemPlaces
{
    /// <summary>The problems with their places; those that no place is known of have none.</summary>
    public static EquatableArray<PlacedProblem> Of(EquatableArray<RouteProblem> problems, Compilation compilation)
    {
        if (problems.Count == 0)
            return EquatableArray<PlacedProblem>.Empty;
        var routes = new List<(IMethodSymbol Method, AttributeData Attribute, RouteModel Route)>();
        try
        {
            foreach (IMethodSymbol method in MethodsIn(compilation.Assembly.GlobalNamespace))
                routes.AddRange(RouteReader.ReadAll(method).Select(read => (method, read.Attribute, read.Route)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reading failed on one route before, and WM6003 says so: its text counts for more than the places.
            return problems.Select(PlacedProblem.Nowhere).ToEquatableArray();
        }

        return problems
            .Select(report => Place(report, Find(report, routes, compilation.Assembly)))
            .ToEquatableArray();
    }

    /// <summary>A problem with its place.</summary>
    public static PlacedProblem Place(RouteProblem report, Location? place)
    {
        if (place is not { IsInSource: true })
            return PlacedProblem.Nowhere(report);
        FileLinePositionSpan span = place.GetMappedLineSpan();
        int column = span.StartLinePosition.Character + 1;
        bool isOneLine = span.EndLinePosition.Line == span.StartLinePosition.Line;
        return new PlacedProblem(
            report,
            span.Path,
            span.StartLinePosition.Line + 1,
            column,
            isOneLine ? span.EndLinePosition.Character + 1 : column + 1);
    }

    /// <summary>Every method of a namespace or type, and of those in it.</summary>
    public static IEnumerable<IMethodSymbol> MethodsIn(INamespaceOrTypeSymbol container) =>
        container.GetMembers().SelectMany(member => member switch
        {
            INamespaceOrTypeSymbol inner => MethodsIn(inner),
            IMethodSymbol method => [method],
            _ => [],
        });

    /// <summary>Where the problem of a method stands that has an attribute.</summary>
    public static Location? PlaceOf(Problem problem, IMethodSymbol method, AttributeData attribute)
    {
        if (problem.Parameter is { } name)
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Locations.FirstOrDefault();
        return problem.Start >= 0 ? PlaceOf(attribute) : method.Locations.FirstOrDefault();
    }

    private static Location? Find(
        RouteProblem report,
        List<(IMethodSymbol Method, AttributeData Attribute, RouteModel Route)> routes,
        IAssemblySymbol assembly)
    {
        List<(IMethodSymbol Method, AttributeData Attribute, RouteModel Route)> found = routes.FindAll(
            read => read.Route.Template == report.Template && NameOf(read.Route.Handler) == report.Handler);
        if (found.Count == 0)
            return PlaceOf(MountReader.ReadAll(assembly)
                .FirstOrDefault(mount => mount.Mount.Table == report.Handler).Attribute);

        // Of overloads with one template it is the one that the reading found the problem in.
        int own = found.FindIndex(read => read.Route.Problems.Contains(report.Problem));
        (IMethodSymbol method, AttributeData attribute, _) = found[Math.Max(own, 0)];
        return PlaceOf(report.Problem, method, attribute);
    }

    private static string NameOf(HandlerModel handler) => handler.TypeName + "." + handler.MethodName;

    /// <summary>Where an attribute stands.</summary>
    private static Location? PlaceOf(AttributeData? attribute) =>
        attribute?.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : null;
}
