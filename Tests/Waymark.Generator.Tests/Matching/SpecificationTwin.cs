namespace Waymark.Generator.Tests.Matching;

/// <summary>The slow, obvious twin of the emitted matcher: every pattern in a list, and each one tried.</summary>
/// <remarks>Shares nothing with the product but the rules. Paths come in their canonical spelling.</remarks>
internal sealed class SpecificationTwin(IReadOnlyList<RouteRow> routes, TableOptions options)
{
    private const int Never = 3;

    private readonly List<Pattern> _patterns =
        [.. routes.SelectMany((row, route) => Pattern.Of(row.Template, route, options.IgnoreCase))];
    private readonly Dictionary<string, int> _ranks = [];

    /// <summary>What the table has to answer to each method on one path.</summary>
    public List<TwinOutcome> Match(string path, IEnumerable<string> methods)
    {
        var found = Find(path);
        var declared = found.Select(match => routes[match.Pattern.Route].Method).ToHashSet();
        HashSet<string> allow = [.. declared, "OPTIONS", declared.Contains("GET") ? "HEAD" : "OPTIONS"];
        bool hasOtherForm = path != "/" && !path.EndsWith("//", StringComparison.Ordinal);
        var elsewhere = options.Slash == SlashMode.Redirect308 && hasOtherForm
            ? Find(path.EndsWith('/') ? path[..^1] : path + "/") : [];
        return methods.Select(method =>
        {
            var able = found.FindAll(match => Distance(match.Pattern, method) < Never);
            var best = able.FindAll(one => !able.Exists(other => Precedes(other.Pattern, one.Pattern, method)));
            return new TwinOutcome(
                best.Select(match => (match.Pattern.Route, string.Join('|', match.Captures))).ToHashSet(),
                found.Count == 0 || best.Count > 0 ? [] : allow,
                best.Count == 0 && elsewhere.Exists(match => Distance(match.Pattern, method) < Never));
        }).ToList();
    }

    private List<(Pattern Pattern, List<string> Captures)> Find(string path)
    {
        string[] parts = path[1..].Split('/');
        return [.. _patterns.Select(pattern => (pattern, Divide(pattern, parts)!)).Where(match => match.Item2 != null)];
    }

    /// <summary>The captures of a path that the pattern matches, or null.</summary>
    private List<string>? Divide(Pattern pattern, string[] parts)
    {
        int more = parts.Length - pattern.Segments.Count;
        bool hasOtherForm = options.Slash == SlashMode.Ignore && pattern.Segments.Count > 0;
        bool hasSlash = more == 1 && parts[^1] == "";
        List<string> captures = [];
        bool isMatch = pattern.End switch
        {
            "" => more == 0 || (hasSlash && hasOtherForm),
            "/" => hasSlash || (more == 0 && hasOtherForm),
            "*" => more > 0 && !hasSlash,
            _ => more > 0 || (more == 0 && hasOtherForm),
        } && parts.Zip(pattern.Segments).All(pair => pair.Second.Divide(pair.First, options.IgnoreCase, captures));
        captures.AddRange(pattern.TakesRest && isMatch ? [string.Join('/', parts[^more..])] : pattern.Missing);
        return isMatch ? captures : null;
    }

    /// <summary>How far a route's method is from one asked for: the same, HEAD by GET, any, or never.</summary>
    private int Distance(Pattern pattern, string method) => routes[pattern.Route].Method switch
    {
        string own when own == method => 0,
        "GET" when method == "HEAD" => 1,
        "*" when method != "TRACE" => 2,
        _ => Never,
    };

    private bool Precedes(Pattern left, Pattern right, string method)
    {
        int i = left.Shapes.Zip(right.Shapes).TakeWhile(pair => pair.First == pair.Second).Count();
        if (i < left.Shapes.Count && i < right.Shapes.Count)
        {
            int order = Key(left, i).CompareTo(Key(right, i));
            return order < 0 || (order == 0 && left.Segments[i].IsNarrower(right.Segments[i]));
        }

        return left.Shapes.Count != right.Shapes.Count ? left.Shapes.Count > right.Shapes.Count
            : left.End == right.End ? Distance(left, method) < Distance(right, method)
            : right.TakesRest && !left.TakesRest;
    }

    private (int, int, int, int, int) Key(Pattern pattern, int i) => pattern.Segments[i].Rules.Count == 0 ? default
        : (1, -pattern.Segments[i].Literals[0].Length, -pattern.Segments[i].Literals.Skip(1).Sum(text => text.Length),
            -pattern.Segments[i].Rules.Count(rule => rule != ""), -Rank(pattern.Shapes[i]));

    private int Rank(string shape) => _ranks.TryGetValue(shape, out int rank) ? rank : _ranks[shape] =
        _patterns.Where(pattern => pattern.Shapes.Contains(shape)).Max(pattern => routes[pattern.Route].Rank);
}
