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

    /// <summary>
    /// The OpenAPI document of the routes as JSON in UTF-8; empty where the table has none. The generator emits it
    /// where the project calls <see cref="HttpServer.MapOpenApi"/> or <see cref="HttpServer.MapDocs"/>, or has an
    /// <see cref="OpenApiAttribute"/>.
    /// </summary>
    public virtual ReadOnlySpan<byte> OpenApi => default;

    /// <summary>
    /// The methods that have no bit of their own in <see cref="Verbs"/>: the first one's bit is
    /// <see cref="Verbs.FirstCustom"/>, the next one's the bit above, and so on.
    /// </summary>
    protected internal virtual IReadOnlyList<string> CustomMethods => [];

    /// <summary>The services that handlers cannot do without, each once.</summary>
    protected internal virtual IReadOnlyList<RequiredService> RequiredServices => [];

    /// <summary>The tables of other assemblies that routes of this one call.</summary>
    protected internal virtual IReadOnlyList<RouteTable> Mounted => [];

    /// <summary>
    /// What attributes put around the routes, made anew for each server that starts; null for nothing.
    /// </summary>
    protected internal virtual RouteMiddleware? Middleware => null;

    /// <summary>Finds the route for a path.</summary>
    /// <param name="path">
    /// The path as it came, or normalised once where it held a percent sign; without the query; starts with <c>/</c>.
    /// </param>
    /// <param name="verb">Exactly one verb; <see cref="Verbs.Unknown"/> for a token that no route names.</param>
    /// <param name="match">
    /// Takes the captures; on a miss, <see cref="RouteMatch.Allow"/> holds the verbs that the path does answer, and
    /// <see cref="RouteMatch.Redirect"/> those that it would answer with or without its last slash.
    /// </param>
    /// <returns>The route's number, or <see cref="NoRoute"/>.</returns>
    protected internal abstract int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match);

    /// <summary>The largest body of a route's requests in bytes; -1 where the server's limit counts.</summary>
    /// <param name="route">A number that <see cref="Match"/> returned.</param>
    protected internal virtual long BodyBytesMaxOf(int route) => -1;

    /// <summary>Binds the handler's parameters, calls it and writes its result; without its middleware.</summary>
    /// <param name="route">A number that <see cref="Match"/> returned.</param>
    /// <param name="exchange">The exchange; its captures are those of the match.</param>
    protected internal abstract ValueTask InvokeAsync(int route, Exchange exchange);
}
