using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A table of routes. The generator implements it once per assembly: <c>Routes.Table</c>.</summary>
/// <remarks>Immutable and safe for use by any number of threads.</remarks>
public abstract class RouteTable
{
    /// <summary>What <see cref="Match"/> returns where no route answers.</summary>
    protected internal const int NoRoute = -1;

    /// <summary>Every route, sorted by template and method.</summary>
    public abstract IReadOnlyList<RouteInfo> Routes { get; }

    /// <summary>Finds the route for a path.</summary>
    /// <param name="path">
    /// The path as it came, or normalised once where it held a percent sign; without the query; starts with <c>/</c>.
    /// </param>
    /// <param name="verb">Exactly one verb, or none for a method token that no attribute names.</param>
    /// <param name="match">
    /// Takes the captures; on a miss, <see cref="RouteMatch.Allow"/> holds the verbs that the path does answer.
    /// </param>
    /// <returns>The route's number, or <see cref="NoRoute"/>.</returns>
    protected internal abstract int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match);

    /// <summary>Binds the handler's parameters, calls it and writes its result.</summary>
    /// <param name="route">A number that <see cref="Match"/> returned.</param>
    /// <param name="exchange">The exchange; its captures are those of the match.</param>
    protected internal abstract ValueTask InvokeAsync(int route, Exchange exchange);
}
