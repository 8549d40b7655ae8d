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
    /// <param name="style">Their colours.</param>
    public static void Append(
        StringBuilder text, IReadOnlyList<RouteInfo> routes, string indent, TextStyle style)
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
            text.Append(indent);
            style.AppendMethod(text, route.Method);
            text.Append(' ', methodWidth - route.Method.Length).Append(Gap);
            style.AppendTemplate(text, route.Template);
            text.Append(' ', templateWidth - route.Template.Length).Append(Gap);
            style.AppendNote(text, route.Handler);
            text.Append('\n');
        }
    }
}
