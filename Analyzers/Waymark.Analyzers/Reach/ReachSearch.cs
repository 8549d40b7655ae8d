using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Reach;

/// <summary>Decides whether every path of a pattern is taken by patterns that go before it.</summary>
/// <remarks>
/// A path of the pattern that nothing takes is looked for first, with one sample: that ends the search for nearly every
/// route. Only then the pattern is divided: segment by segment into the sets of values that the same other patterns
/// match, and for each way through these sets some other pattern has to be left at the end.
/// </remarks>
internal sealed class ReachSearch(PatternTree tree, IReadOnlyList<ProvenRoute> routes, SegmentAlgebra algebra)
{
    /// <summary>As many as there are bits in a set.</summary>
    private const int CandidatesMax = 64;

    /// <summary>The most ways through the sets that one pattern may need.</summary>
    private const int StepsMax = 2_000;

    /// <summary>
    /// The routes that take all paths of a pattern from it; null where one is left to it, or too much would have to be
    /// looked at to say.
    /// </summary>
    public SortedSet<int>? FindTakers(PlacedPattern pattern)
    {
        var takers = new SortedSet<int>();
        return RestsOf(pattern.Pattern.End).All(rest => IsTaken(pattern, rest, takers)) ? takers : null;
    }

    private static IEnumerable<Rest> RestsOf(PatternEnd end) => end switch
    {
        PatternEnd.Exact => [Rest.None],
        PatternEnd.Slash => [Rest.Slash],
        PatternEnd.CatchAll => [Rest.More],
        _ => [Rest.Slash, Rest.More],
    };

    private bool IsTaken(PlacedPattern pattern, Rest rest, SortedSet<int> takers)
    {
        int[]?[] sample = [.. pattern.Pattern.Segments.Select(algebra.SampleOf)];
        if (Array.IndexOf(sample, null) >= 0 || !IsSampleTaken(tree.Root, 0, pattern, rest, sample!))
            return false;
        var candidates = new List<PlacedPattern>();
        Gather(tree.Root, 0, pattern, rest, candidates);
        if (candidates.Count is 0 or > CandidatesMax)
            return false;
        // On one pattern the nearest verb goes first, and of two that are equal the first is named.
        string verb = routes[pattern.Route].Verb;
        List<PlacedPattern> nearest = [.. candidates.OrderBy(end => DistanceOf(routes[end.Route].Verb, verb))];
        return new Cover(pattern, nearest, algebra, takers).IsWhole();
    }

    private bool IsSampleTaken(PatternNode node, int place, PlacedPattern pattern, Rest rest, int[][] sample)
    {
        if (node.Ends.Exists(end => Fits(end, place, pattern, rest)))
            return true;
        if (place == sample.Length)
            return false;
        string text = string.Concat(sample[place].Select(PathSymbols.Shown));
        // The literals of such a table are lower case.
        if (algebra.IsCaseInsensitive)
            text = text.ToLowerInvariant();
        return (node.Literals.TryGetValue(text, out PatternNode? literal)
                && IsSampleTaken(literal, place + 1, pattern, rest, sample))
            || node.Captures.Exists(child => algebra.Accepts(child.Segment, sample[place])
                && IsSampleTaken(child.Node, place + 1, pattern, rest, sample));
    }

    private void Gather(
        PatternNode node, int place, PlacedPattern pattern, Rest rest, List<PlacedPattern> candidates)
    {
        candidates.AddRange(node.Ends.FindAll(end => Fits(end, place, pattern, rest)));
        if (place == pattern.Pattern.Segments.Count || candidates.Count > CandidatesMax)
            return;
        SegmentPattern segment = pattern.Pattern.Segments[place];
        foreach (PatternNode literal in LiteralsIn(node, segment))
            Gather(literal, place + 1, pattern, rest, candidates);

        foreach ((SegmentPattern other, PatternNode child) in node.Captures)
        {
            if (algebra.Overlaps(segment, other))
                Gather(child, place + 1, pattern, rest, candidates);
        }
    }

    private IEnumerable<PatternNode> LiteralsIn(PatternNode node, SegmentPattern segment)
    {
        if (segment.IsLiteral)
            return node.Literals.TryGetValue(segment.Prefix, out PatternNode? same) ? [same] : [];
        return node.Literals.Where(literal => algebra.Accepts(segment, PathSymbols.Of(literal.Key)))
            .Select(literal => literal.Value);
    }

    /// <summary>True where an end takes the paths that are alike so far from the pattern.</summary>
    private bool Fits(PlacedPattern end, int place, PlacedPattern pattern, Rest rest)
    {
        if (end.Route == pattern.Route || !Answers(routes[end.Route].Verb, routes[pattern.Route].Verb))
            return false;
        bool isLast = place == pattern.Pattern.Segments.Count;
        bool isFit = end.Pattern.End switch
        {
            PatternEnd.Exact => isLast && rest == Rest.None,
            PatternEnd.Slash => isLast && rest == Rest.Slash,
            PatternEnd.CatchAll => !isLast || rest == Rest.More,
            _ => !isLast || rest != Rest.None,
        };
        return isFit && PatternTree.Precedes(end, pattern);
    }

    /// <summary>True where a route of one verb answers all that one of another does.</summary>
    private static bool Answers(string verb, string other) =>
        verb == other || (verb == "*" && other != "TRACE") || (verb == "GET" && other == "HEAD");

    private static int DistanceOf(string verb, string other) => verb == other ? 0 : verb == "*" ? 2 : 1;

    /// <summary>What follows the last segment.</summary>
    private enum Rest
    {
        None,
        Slash,
        More,
    }

    /// <summary>Whether patterns take all values of one pattern's segments.</summary>
    private sealed class Cover(
        PlacedPattern pattern, List<PlacedPattern> candidates, SegmentAlgebra algebra, SortedSet<int> takers)
    {
        private readonly Dictionary<(int, ulong), bool> _known = [];
        private readonly HashSet<int> _found = [];
        private int _steps;

        public bool IsWhole()
        {
            ulong all = candidates.Count == CandidatesMax ? ulong.MaxValue : (1UL << candidates.Count) - 1;
            if (!IsTaken(0, all))
                return false;
            takers.UnionWith(_found);
            return true;
        }

        /// <param name="place">The segment looked at.</param>
        /// <param name="left">The candidates that match the segments before it.</param>
        private bool IsTaken(int place, ulong left)
        {
            if (left == 0 || ++_steps > StepsMax)
                return false;
            if (_known.TryGetValue((place, left), out bool known))
                return known;
            if (place == pattern.Pattern.Segments.Count)
            {
                _found.Add(FirstOf(left));
                return _known[(place, left)] = true;
            }

            SegmentPattern segment = pattern.Pattern.Segments[place];
            // Those that take the rest by now, or have the same segment here, match whatever comes.
            ulong sure = 0;
            var others = new List<SegmentPattern>();
            var members = new List<ulong>();
            for (int index = 0; index < candidates.Count; index++)
            {
                ulong bit = 1UL << index;
                if ((left & bit) == 0)
                    continue;
                PathPattern candidate = candidates[index].Pattern;
                if (place >= candidate.Segments.Count || candidate.Segments[place].Equals(segment))
                    sure |= bit;
                else if (IsKnown(candidate.Segments[place]))
                    Join(others, members, candidate.Segments[place], bit);
            }

            bool isTaken = others.Count == 0
                ? IsTaken(place + 1, sure)
                : algebra.Divide(segment, others) is { } sets
                    && sets.TrueForAll(set => IsTaken(place + 1, sure | Union(members, set)));
            return _known[(place, left)] = isTaken;
        }

        /// <summary>The one that answers where all of these match.</summary>
        private int FirstOf(ulong left)
        {
            PlacedPattern? first = null;
            for (int index = 0; index < candidates.Count; index++)
            {
                if ((left & (1UL << index)) != 0
                    && (first is null || PatternTree.Precedes(candidates[index], first)))
                {
                    first = candidates[index];
                }
            }

            return first!.Route;
        }

        /// <summary>Of a user's constraint nobody knows at build time what it lets through.</summary>
        private static bool IsKnown(SegmentPattern segment) =>
            segment.Captures.All(capture => capture.Language.Opaque.Count == 0);

        private static void Join(List<SegmentPattern> others, List<ulong> members, SegmentPattern segment, ulong bit)
        {
            int index = others.IndexOf(segment);
            if (index < 0)
            {
                others.Add(segment);
                members.Add(bit);
            }
            else
            {
                members[index] |= bit;
            }
        }

        private static ulong Union(List<ulong> members, ulong set)
        {
            ulong union = 0;
            for (int index = 0; index < members.Count; index++)
            {
                if ((set & (1UL << index)) != 0)
                    union |= members[index];
            }

            return union;
        }
    }
}
