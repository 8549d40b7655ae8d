using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>Calls the routes of a mounted table.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. A mounted route keeps the captures of its own template, because
/// a mount's prefix has none.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MountedTable
{
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
