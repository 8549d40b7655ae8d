using System.ComponentModel;
using System.Text;

namespace Waymark.CompilerServices;

/// <summary>Calls the routes of a mounted table.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. A mounted route keeps the captures of its own template, because
/// a mount's prefix has none.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MountedTable
{
    /// <summary>Makes sure that a mounted table still has the routes that the host was built with.</summary>
    /// <param name="table">The mounted table.</param>
    /// <param name="name">Its class, for the message.</param>
    /// <param name="fingerprint">FNV-1a of 64 bits over its methods and templates, at the build of the host.</param>
    /// <exception cref="InvalidOperationException">
    /// The table was built anew with other routes, so the numbers that the host knows would reach other handlers.
    /// </exception>
    public static void Check(RouteTable table, string name, ulong fingerprint) =>
        Check(table, name, fingerprint, runsMiddleware: false);

    /// <summary>Makes sure that a mounted table is still what the host was built with.</summary>
    /// <param name="table">The mounted table.</param>
    /// <param name="name">Its class, for the message.</param>
    /// <param name="fingerprint">FNV-1a of 64 bits over its methods and templates, at the build of the host.</param>
    /// <param name="runsMiddleware">True where the host puts the table's own middleware around its routes.</param>
    /// <exception cref="InvalidOperationException">
    /// The table was built anew: with other routes, or with middleware of which the host knows nothing, so that its
    /// handlers would be called without it.
    /// </exception>
    public static void Check(RouteTable table, string name, ulong fingerprint, bool runsMiddleware)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!runsMiddleware && table.Middleware is not null)
        {
            throw new InvalidOperationException(
                $"'{name}' has middleware around its routes, which it had not when this program was built with it: " +
                "build the program again, against the assembly that it runs with.");
        }

        ulong hash = 14695981039346656037;
        foreach (RouteInfo route in table.Routes)
        {
            foreach (byte octet in Encoding.UTF8.GetBytes($"{route.Method} {route.Template}\n"))
                hash = unchecked((hash ^ octet) * 1099511628211);
        }

        if (hash != fingerprint)
        {
            throw new InvalidOperationException(
                $"'{name}' has other routes than when this program was built with it: build the program again, " +
                "against the assembly that it runs with.");
        }
    }

    /// <summary>The largest body of a route of another table in bytes; -1 where the server's limit counts.</summary>
    /// <param name="table">The mounted table.</param>
    /// <param name="route">The route's number there.</param>
    public static long BodyBytesMaxOf(RouteTable table, int route)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.BodyBytesMaxOf(route);
    }

    /// <summary>Calls a route of another table for an exchange that was matched by the host's.</summary>
    /// <param name="table">The mounted table.</param>
    /// <param name="route">The route's number there.</param>
    /// <param name="exchange">The exchange.</param>
    public static ValueTask InvokeAsync(RouteTable table, int route, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.InvokeAsync(route, exchange);
    }
}
