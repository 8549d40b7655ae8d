using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Analyzers.Reach;

/// <summary>
/// Finds routes that differ in the constraints of a segment, share paths, and are told apart by nothing but that one
/// constraint lets fewer values through.
/// </summary>
/// <remarks>
/// Silent where the templates show which goes first: a literal, another form, a rank, <c>&lt;int,min(1)&gt;</c> beside
/// <c>&lt;int&gt;</c>, a list of texts beside a class of them.
/// </remarks>
internal sealed class OverlapSearch(IReadOnlyList<ProvenRoute> routes, bool isCaseInsensitive)
{
    /// <summary>The most patterns behind one segment that are looked at.</summary>
    private const int BehindMax = 64;

    /// <summary>The most pairs of one table that are looked at for a path that both match.</summary>
    private const int PairsTotal = 4_096;

    private readonly Dictionary<int, Overlap> _found = [];
    private int _pairs;

    /// <summary>By the route that goes second.</summary>
    public IReadOnlyDictionary<int, Overlap> Find(PatternNode root)
    {
        Visit(root);
        return _found;
    }

    private void Visit(PatternNode node)
    {
        for (int left = 0; left < node.Captures.Count; left++)
        {
            for (int right = left + 1; right < node.Captures.Count; right++)
            {
                Compare(node.Captures[left], node.Captures[right]);
                Compare(node.Captures[right], node.Captures[left]);
            }
        }

        foreach (PatternNode child in node.Children)
            Visit(child);
    }

    private void Compare(
        (SegmentPattern Segment, PatternNode Node) narrow, (SegmentPattern Segment, PatternNode Node) wide)
    {
        if (SegmentOrder.CompareForm(narrow.Segment, wide.Segment) != 0
            || narrow.Node.RankMax != wide.Node.RankMax
            || !SegmentOrder.IncludesStrictly(wide.Segment, narrow.Segment)
            || ShowsOrder(narrow.Segment, wide.Segment))
        {
            return;
        }

        var firsts = new List<PlacedPattern>();
        var seconds = new List<PlacedPattern>();
        narrow.Node.ListInto(firsts, BehindMax);
        wide.Node.ListInto(seconds, BehindMax);
        int place = firsts.Count == 0 ? 0 : ((List<PatternNode>)firsts[0].Nodes).IndexOf(narrow.Node) - 1;
        foreach (PlacedPattern second in seconds)
        {
            if (!_found.ContainsKey(second.Route))
                CompareBehind(firsts, second, place);
        }
    }

    private void CompareBehind(List<PlacedPattern> firsts, PlacedPattern second, int place)
    {
        foreach (PlacedPattern first in firsts)
        {
            if (first.Route == second.Route || !ShareVerb(routes[first.Route].Verb, routes[second.Route].Verb)
                || HaveOtherLiterals(first.Pattern, second.Pattern))
            {
                continue;
            }

            if (_pairs++ >= PairsTotal)
                return;
            if (TemplateRelations.FindWitness(first.Pattern, second.Pattern, isCaseInsensitive) is not { } witness)
                continue;
            _found[second.Route] = new Overlap(
                first.Route, witness, TextOf(first.Pattern.Segments[place]), TextOf(second.Pattern.Segments[place]));
            return;
        }
    }

    private static bool ShareVerb(string left, string right) =>
        left == right || (left == "*" && right != "TRACE") || (right == "*" && left != "TRACE");

    private static bool HaveOtherLiterals(PathPattern left, PathPattern right)
    {
        int common = Math.Min(left.Segments.Count, right.Segments.Count);
        for (int index = 0; index < common; index++)
        {
            if (left.Segments[index].IsLiteral && right.Segments[index].IsLiteral
                && left.Segments[index].Prefix != right.Segments[index].Prefix)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a reader sees in the text which one lets fewer values through.</summary>
    private static bool ShowsOrder(SegmentPattern narrow, SegmentPattern wide)
    {
        for (int index = 0; index < narrow.Captures.Count; index++)
        {
            CapturePattern first = narrow.Captures[index];
            CapturePattern second = wide.Captures[index];
            bool isMore = second.Constraints.All(constraint => first.Constraints.Contains(constraint));
            bool isList = IsList(first) && !IsList(second);
            if (!isMore && !isList)
                return false;
        }

        return true;
    }

    private static bool IsList(CapturePattern capture) =>
        capture.Constraints.Any(constraint => constraint.Constraint.Kind == ConstraintKind.In);

    private static string TextOf(SegmentPattern segment) =>
        string.Concat(segment.Captures.Select(capture => capture.ConstraintsText));
}

/// <summary>A route that gives paths to another one whose constraint lets fewer values through.</summary>
/// <param name="First">The other one.</param>
/// <param name="Witness">A path that both match.</param>
/// <param name="Narrow">The constraints of the other one in the segment that decides.</param>
/// <param name="Wide">Those of the route.</param>
internal sealed record Overlap(int First, string Witness, string Narrow, string Wide);
