using System.Text.RegularExpressions;
using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Matching;

/// <summary>The slow, obvious twin of the emitted matcher: every route in a list, each one a backtracking
/// expression.</summary>
/// <remarks>
/// Shares nothing with the product but the rules: it reads templates, orders them and matches them on its own.
/// Templates hold plain ASCII literals only.
/// </remarks>
internal sealed class LinearTwin
{
    private readonly List<Leaf> _leaves = [];

    public LinearTwin(IReadOnlyList<RouteInfo> routes)
    {
        for (int number = 0; number < routes.Count; number++)
        {
            string template = routes[number].Template;
            CaptureCounts.Add(template.Count(character => character is ':' or '*'));
            bool isOptional = template.EndsWith('?') && !template[template.LastIndexOf('/')..]
                .StartsWith("/*", StringComparison.Ordinal);
            Add(isOptional ? template[..^1] : template, routes[number].Method, number);
            if (!isOptional)
                continue;
            string shorter = template[..template.LastIndexOf(':')];
            Add(shorter is not "/" && shorter.EndsWith('/') ? shorter[..^1] : shorter, routes[number].Method, number);
        }

        _leaves.Sort((left, right) => Compare(left.Segments, right.Segments));
    }

    public List<int> CaptureCounts { get; } = [];

    public MatchOutcome Match(string path, Verbs verb)
    {
        Verbs allow = Verbs.None;
        foreach (Leaf leaf in _leaves)
        {
            Match match = leaf.Expression.Match(path);
            if (!match.Success)
                continue;
            if (leaf.RouteFor(verb) is not { } route)
            {
                allow |= leaf.Allow;
                continue;
            }

            // A missing optional part is an empty capture.
            IEnumerable<string> values = Enumerable.Range(1, CaptureCounts[route]).Select(group =>
                match.Groups[group].Value);
            return new MatchOutcome(route, Verbs.None, string.Join("|", values));
        }

        return new MatchOutcome(-1, allow, "");
    }

    private void Add(string template, string verb, int number)
    {
        // Names do not matter: ":id" is ":", "*rest?" is "*?".
        string shape = Regex.Replace(template, "(?<=[:*])[A-Za-z0-9_]+", "");
        Leaf? leaf = _leaves.Find(candidate => candidate.Shape == shape);
        if (leaf is null)
            _leaves.Add(leaf = new Leaf(shape));
        leaf.Routes.Add(Enum.Parse<Verbs>(verb, ignoreCase: true), number);
    }

    private static int Compare(string[] left, string[] right)
    {
        for (int index = 0; index < left.Length && index < right.Length; index++)
        {
            (int, int, int) leftRank = Rank(left[index]);
            (int, int, int) rightRank = Rank(right[index]);
            int order = leftRank != rightRank ? leftRank.CompareTo(rightRank) : string.CompareOrdinal(left[index],
                right[index]);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Literal; capture with the longer prefix, then with the longer literals behind; catch-all.</summary>
    private static (int, int, int) Rank(string segment)
    {
        if (segment is "*" or "*?")
            return (2, segment.Length, 0);
        int prefix = segment.IndexOf(':', StringComparison.Ordinal);
        return prefix < 0 ? (0, 0, 0) : (1, -prefix, -segment[prefix..].Count(character => character != ':'));
    }

    private sealed class Leaf(string shape)
    {
        public string Shape => shape;

        public string[] Segments { get; } = shape[1..].Split('/');

        public Regex Expression { get; } = new(
            "\\A" + Regex.Escape(shape).Replace("\\*\\?", "(.*)").Replace("\\*", "(.+)")
                .Replace(":", "([^/]+?)") + "\\z",
            RegexOptions.Singleline);

        public Dictionary<Verbs, int> Routes { get; } = [];

        public Verbs Allow => Routes.Keys.Aggregate(Verbs.Options, (all, verb) => all | verb)
            | (Routes.ContainsKey(Verbs.Get) ? Verbs.Head : Verbs.None);

        public int? RouteFor(Verbs verb) =>
            Routes.TryGetValue(verb, out int route) || (verb == Verbs.Head && Routes.TryGetValue(Verbs.Get, out route))
                ? route : null;
    }
}
