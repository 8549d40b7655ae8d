using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Waymark.CompilerServices;

namespace Waymark.Benchmarks.Matching;

/// <summary>One request as each side gets it: bytes as they came, or a decoded string.</summary>
/// <param name="Path">Normalised once, as the runtime hands it over.</param>
/// <param name="DecodedPath">Decoded, as Kestrel hands it over.</param>
/// <param name="Template">The template that must match, or null where none may.</param>
internal sealed record Probe(byte[] Path, Verbs Verb, PathString DecodedPath, string Method, string? Template)
{
    private static readonly string[] Values = ["octocat", "42", "hello-world", "a1b2c3d4e5f6", "x", "v1.2.3"];
    private static readonly string[] EncodedValues = ["%C3%A9t%C3%A9", "a%2Fb", "100%25", "hello%20world"];
    private static readonly Verbs[] Known = [Verbs.Delete, Verbs.Put, Verbs.Patch, Verbs.Post, Verbs.Get];

    /// <summary>One path for each route, captures filled.</summary>
    public static Probe[] Hits(RouteTable table) => [.. table.Routes.Select((route, index) =>
        Of(Fill(route.Template, Values, index), route.Method, route.Template))];

    /// <summary>The same in an order without pattern: neighbours in the tree do not follow one another.</summary>
    public static Probe[] Shuffled(RouteTable table)
    {
        Probe[] probes = Hits(table);
        new Random(20250101).Shuffle(probes);
        return probes;
    }

    /// <summary>Paths of routes with captures that hold escapes.</summary>
    public static Probe[] Encoded(RouteTable table) => [.. table.Routes
        .Where(route => route.Template.AsSpan().ContainsAny(':', '*'))
        .Select((route, index) => Of(Fill(route.Template, EncodedValues, index), route.Method, route.Template))];

    /// <summary>Paths near those of the routes that match nothing: 404.</summary>
    public static Probe[] Misses(RouteTable table) => [.. table.Routes
        .Select((route, index) => Of(Damage(Fill(route.Template, Values, index), index), route.Method, null))
        .Where(probe => AllowOf(table, probe) == Verbs.None)];

    /// <summary>Paths of routes with a verb that they do not answer: 405.</summary>
    public static Probe[] WrongVerbs(RouteTable table) => [.. table.Routes
        .Select((route, index) => Fill(route.Template, Values, index))
        .Distinct()
        .SelectMany(path => Known.Select(verb => Of(path, verb.ToString().ToUpperInvariant(), null))
            .Where(probe => AllowOf(table, probe) is { } allow && allow != Verbs.None)
            .Take(1))];

    private static Probe Of(string path, string method, string? template) => new(
        Encoding.ASCII.GetBytes(path),
        Enum.Parse<Verbs>(method, ignoreCase: true),
        // Kestrel leaves %2F alone and decodes the rest.
        new PathString(Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.Ordinal))),
        method,
        template);

    /// <summary>The verbs that a path answers where this one finds no route, or null where it finds one.</summary>
    private static Verbs? AllowOf(RouteTable table, Probe probe)
    {
        RouteMatch match = default;
        return table.Match(probe.Path, probe.Verb, ref match) < 0 ? match.Allow : null;
    }

    private static string Fill(string template, string[] values, int index) =>
        Regex.Replace(template, "[:*][A-Za-z0-9_]+", _ => values[index++ % values.Length]);

    private static string Damage(string path, int index) => (index % 3) switch
    {
        0 => path + "/none/such",
        1 => path[..^1] + "~",
        _ => "/~" + path[1..],
    };
}
