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

    private const string Gap = "  ";

    /// <summary>Lays the banner out.</summary>
    /// <param name="endpoints">What is listened on.</param>
    /// <param name="routes">The routes, sorted as the table is.</param>
    public static string Format(IReadOnlyList<string> endpoints, IReadOnlyList<RouteInfo> routes)
    {
        StringBuilder text = new StringBuilder().Append("Waymark ").Append(Version).Append("\n\n");
        foreach (string endpoint in endpoints)
            text.Append(Gap).Append(endpoint).Append('\n');

        text.Append('\n');
        int methodWidth = 0;
        int templateWidth = 0;
        foreach (RouteInfo route in routes)
        {
            methodWidth = Math.Max(methodWidth, route.Method.Length);
            templateWidth = Math.Max(templateWidth, route.Template.Length);
        }

        foreach (RouteInfo route in routes)
        {
            text.Append(Gap).Append(route.Method.PadRight(methodWidth))
                .Append(Gap).Append(route.Template.PadRight(templateWidth))
                .Append(Gap).Append(route.Handler).Append('\n');
        }

        if (routes.Count == 0)
            text.Append(Gap).Append("No routes: every request is answered 404.\n");

        return text.Append("\nCtrl+C stops.\n").ToString();
    }

    /// <summary>Writes to standard output; one that is closed is no reason not to serve.</summary>
    public static void Print(string banner)
    {
        try
        {
            // Not Console.Out: that also sets up the terminal, which costs start time and size.
            using Stream output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(banner));
        }
        catch (IOException)
        {
        }
    }
}
