using System.Text;

namespace Waymark.Hosting;

/// <summary>What a server prints when it runs: its version, its addresses, its routes, and how to stop it.</summary>
/// <remarks>The build writes <c>Version</c>, a constant, since asking the assembly needs reflection.</remarks>
internal static partial class Banner
{
    /// <summary>Lays the banner out.</summary>
    /// <param name="endpoints">What is listened on.</param>
    /// <param name="routes">The routes, sorted as the table is.</param>
    /// <param name="style">Its colours.</param>
    public static string Format(
        IReadOnlyList<string> endpoints, IReadOnlyList<RouteInfo> routes, TextStyle style)
    {
        StringBuilder text = Begin(endpoints, style).Append('\n');
        RouteColumns.Append(text, routes, indent: RouteColumns.Gap, style);
        if (routes.Count == 0)
            text.Append(RouteColumns.Gap).Append("No routes: every request is answered 404.\n");

        return End(text, style);
    }

    /// <summary>Lays out the banner of a server without routes.</summary>
    /// <param name="endpoints">What is listened on.</param>
    /// <param name="style">Its colours.</param>
    public static string Format(IReadOnlyList<string> endpoints, TextStyle style) =>
        End(Begin(endpoints, style), style);

    private static StringBuilder Begin(IReadOnlyList<string> endpoints, TextStyle style)
    {
        var text = new StringBuilder();
        style.AppendTitle(text, "Waymark " + Version);
        text.Append("\n\n");
        foreach (string endpoint in endpoints)
        {
            text.Append(RouteColumns.Gap);
            style.AppendAddress(text, endpoint);
            text.Append('\n');
        }

        return text;
    }

    private static string End(StringBuilder text, TextStyle style)
    {
        text.Append('\n');
        style.AppendNote(text, "Ctrl+C stops.");
        return text.Append('\n').ToString();
    }
}
