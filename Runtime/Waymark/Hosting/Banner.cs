using System.Text;

namespace Waymark.Hosting;

/// <summary>What a server prints when it runs: its version, its addresses, its routes, and how to stop it.</summary>
/// <remarks>Plain text without escape sequences, so that a file or a pipe gets the same as a terminal.</remarks>
internal static class Banner
{
    /// <summary>
    /// The package's version. A constant, since asking the assembly needs reflection; a test compares them.
    /// </summary>
    public const string Version = "0.1.0";

    /// <summary>Lays the banner out.</summary>
    /// <param name="endpoints">What is listened on.</param>
    /// <param name="routes">The routes, sorted as the table is.</param>
    public static string Format(IReadOnlyList<string> endpoints, IReadOnlyList<RouteInfo> routes)
    {
        StringBuilder text = Begin(endpoints).Append('\n');
        RouteColumns.Append(text, routes, indent: RouteColumns.Gap);
        if (routes.Count == 0)
            text.Append(RouteColumns.Gap).Append("No routes: every request is answered 404.\n");

        return End(text);
    }

    /// <summary>Lays out the banner of a server without routes.</summary>
    /// <param name="endpoints">What is listened on.</param>
    public static string Format(IReadOnlyList<string> endpoints) => End(Begin(endpoints));

    private static StringBuilder Begin(IReadOnlyList<string> endpoints)
    {
        StringBuilder text = new StringBuilder().Append("Waymark ").Append(Version).Append("\n\n");
        foreach (string endpoint in endpoints)
            text.Append(RouteColumns.Gap).Append(endpoint).Append('\n');
        return text;
    }

    private static string End(StringBuilder text) => text.Append("\nCtrl+C stops.\n").ToString();
}
