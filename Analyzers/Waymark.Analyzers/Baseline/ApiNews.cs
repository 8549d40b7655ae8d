using Microsoft.CodeAnalysis.Diagnostics;

namespace Waymark.Analyzers.Baseline;

/// <summary>Which routes differ from the file.</summary>
internal sealed class ApiNews
{
    private readonly ApiSurface _current;
    private readonly HashSet<string> _shipped;

    private ApiNews(ApiSurface current, HashSet<string> shipped)
    {
        _current = current;
        _shipped = shipped;
    }

    /// <summary>Null for a project without the file.</summary>
    public static ApiNews? Of(AnalyzerOptions options, Lazy<RouteSet> routes)
    {
        if (ApiBaseline.Of(options) is not { } file)
            return null;
        IEnumerable<string> lines = ApiBaseline.LinesOf(file.GetText());
        return new ApiNews(
            ApiReader.Read(routes.Value),
            new HashSet<string>(lines.Select(line => line.Trim()), StringComparer.Ordinal));
    }

    /// <summary>True where the file lacks a line about the route or a type in its JSON.</summary>
    public bool IsNew(string name) => _current.Routes.TryGetValue(name, out ApiRoute? route)
        && !ApiSurface.LinesOf(route).Concat(route.Types.SelectMany(_current.LinesOf)).All(_shipped.Contains);
}
