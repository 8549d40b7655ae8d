using System.ComponentModel;
using Waymark.Routing;

namespace Waymark.CompilerServices;

/// <summary>The middleware that attributes put around the routes of a table.</summary>
/// <remarks>
/// Written by generated code; not meant for direct use. Each place makes its middleware when a server starts, so that
/// two servers with one table share nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public class RouteMiddleware
{
    // INVARIANT: of two places around one route, the outer one comes first.
    private readonly List<Place> _places = [];

    /// <summary>Adds an attribute, inside of those that were added before.</summary>
    /// <param name="name">The attribute and where it stands, for messages.</param>
    /// <param name="create">Makes the middleware.</param>
    /// <param name="routes">The numbers of the routes that it stands around.</param>
    /// <returns>This.</returns>
    public RouteMiddleware Add(string name, Func<IMiddleware> create, params int[] routes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(routes);
        _places.Add(new Place(name, create, routes));
        return this;
    }

    /// <summary>Adds the middleware of a mounted table, inside of what was added before.</summary>
    /// <param name="table">The mounted table.</param>
    /// <param name="routes">For each mounted route, its number here and then its number there.</param>
    /// <returns>This.</returns>
    public RouteMiddleware AddMounted(RouteTable table, params int[] routes)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(routes);
        if (table.Middleware is not { } mounted)
            return this;
        foreach (Place place in mounted._places)
        {
            var here = new List<int>();
            for (int index = 0; index < routes.Length; index += 2)
            {
                if (Array.IndexOf(place.Routes, routes[index + 1]) >= 0)
                    here.Add(routes[index]);
            }

            // Of a conflict the host keeps one route only: a place may be left with none.
            if (here.Count > 0)
                _places.Add(place with { Routes = [.. here] });
        }

        return this;
    }

    /// <summary>The handler of each route by its number; null for a route that has no middleware.</summary>
    /// <remarks>Virtual, so that a native program without such attributes holds nothing of it.</remarks>
    /// <param name="innermost">Calls the route of an exchange.</param>
    /// <param name="server">The server that starts.</param>
    internal virtual Handler?[] Compose(Handler innermost, ServerContext server)
    {
        IReadOnlyList<RouteInfo> routes = server.Routes.Routes;
        List<IMiddleware> middleware = Create();
        var handlers = new Handler?[routes.Count];
        bool[] isOpen = new bool[routes.Count];
        for (int index = _places.Count - 1; index >= 0; index--)
        {
            Place place = _places[index];
            foreach (int route in place.Routes)
            {
                // From the inside out: once a route is open, what is required further out does not hold.
                if (middleware[index] is IAccessRule rule)
                    isOpen[route] |= rule.Opens;
                if (isOpen[route] && middleware[index] is IAccessRule)
                    continue;
                Handler next = handlers[route] ?? innermost;
                string around = $"{place.Name} around {routes[route].Method} {routes[route].Template}";
                handlers[route] = Guard(() => middleware[index].Wrap(next, server), around);
            }
        }

        return handlers;
    }

    /// <summary>Makes the middleware of every place, in their order.</summary>
    internal List<IMiddleware> Create() => _places.ConvertAll(static place => Guard(place.Create, place.Name));

    /// <summary>What it makes; whatever goes wrong says where.</summary>
    private static T Guard<T>(Func<T> make, string where)
        where T : class
    {
        T? made;
        try
        {
            made = make();
        }
        catch (OptionsException exception)
        {
            var problems = new List<string>();
            foreach (string problem in exception.Problems)
                problems.Add($"{where}: {problem}");
            throw new OptionsException(problems);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{where} failed: {exception.Message}", exception);
        }

        return made ?? throw new InvalidOperationException($"{where} returned null in place of a handler.");
    }

    /// <summary>One attribute.</summary>
    /// <param name="Name">The attribute and where it stands.</param>
    /// <param name="Create">Makes the middleware.</param>
    /// <param name="Routes">The routes that it stands around.</param>
    private sealed record Place(string Name, Func<IMiddleware> Create, int[] Routes);
}
