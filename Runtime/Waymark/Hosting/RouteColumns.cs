using System.Text;

namespace Waymark.Hosting;

/// <summary>Lays routes out for people: method, template and handler in columns, in the order of the table.</summary>
internal static class RouteColumns
{
    /// <summary>What stands between two columns.</summary>
    public const string Gap = "  ";

    /// <summary>Adds a line for each route.</summary>
    /// <param name="text">What the lines are added to.</param>
    /// <param name="routes">The routes, sorted as the table is.</param>
    /// <param name="indent">What each line begins with.</param>
    public static void Append(StringBuilder text, IReadOnlyList<RouteInfo> routes, string indent)
    {
        int methodWidth = 0;
        int templateWidth = 0;
        foreach (RouteInfo route in routes)
        {
            methodWidth = Math.Max(methodWidth, route.Method.Length);
            templateWidth = Math.Max(templateWidth, route.Template.Length);
        }

        foreach (RouteInfo route in routes)
        {
            text.Append(indent).Append(route.Method.PadRight(methodWidth))
                .Append(Gap).Append(route.Template.PadRight(templateWidth))
                .Append(Gap).Append(route.Handler).Append('\n');
        }
    }
}
