using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Reach;

/// <summary>What the segments of a table say about each other, each question answered once.</summary>
/// <remarks>Not thread-safe. All work is bounded: what would cost more is not answered.</remarks>
internal sealed class SegmentAlgebra(bool isCaseInsensitive)
{
    /// <summary>The most states that one division may visit; a few constraints need some dozens.</summary>
    private const int StatesMax = 600;

    /// <summary>The most states that all divisions of one table may visit.</summary>
    private const int StatesTotal = 20_000;

    private readonly Dictionary<SegmentPattern, SegmentAutomaton> _automata = [];
    private readonly Dictionary<SegmentPattern, int[]?> _samples = [];
    private readonly Dictionary<(SegmentPattern, SegmentPattern), bool> _overlaps = [];
    private readonly Dictionary<(SegmentPattern, EquatableArray<SegmentPattern>), List<ulong>?> _divisions = [];
    private int _visited;

    public bool IsCaseInsensitive => isCaseInsensitive;

    public bool Accepts(SegmentPattern pattern, IEnumerable<int> word) => AutomatonOf(pattern).Accepts(word);

    /// <summary>
    /// The symbols of one segment that the pattern matches, unlike any that somebody writes where it can be; null where
    /// it matches none.
    /// </summary>
    public int[]? SampleOf(SegmentPattern pattern)
    {
        if (_samples.TryGetValue(pattern, out int[]? known))
            return known;
        string? text = pattern.ConstrainedCount == 0
            ? pattern.Prefix + string.Concat(pattern.Captures.Select(capture => "~0~" + capture.Tail))
            : SegmentOverlap.FindWitness(pattern, pattern, isCaseInsensitive);
        return _samples[pattern] = text is null ? null : PathSymbols.Of(text).ToArray();
    }

    /// <summary>True where a segment may be one of both.</summary>
    public bool Overlaps(SegmentPattern left, SegmentPattern right)
    {
        if (left.IsLiteral && right.IsLiteral)
            return left.Prefix == right.Prefix;
        if (!_overlaps.TryGetValue((left, right), out bool known))
        {
            known = SegmentOverlap.FindWitness(left, right, isCaseInsensitive) is not null;
            _overlaps[(left, right)] = _overlaps[(right, left)] = known;
        }

        return known;
    }

    /// <summary>
    /// Which of the others match a segment of a pattern, for every segment: each set that occurs, as bits.
    /// </summary>
    /// <returns>Null where that costs too much.</returns>
    public List<ulong>? Divide(SegmentPattern pattern, IReadOnlyList<SegmentPattern> others)
    {
        // <int> beside <long> stands in many places of one table.
        (SegmentPattern, EquatableArray<SegmentPattern>) key = (pattern, others.ToEquatableArray());
        if (!_divisions.TryGetValue(key, out List<ulong>? known))
            _divisions[key] = known = DivideAnew(pattern, others);
        return known;
    }

    private List<ulong>? DivideAnew(SegmentPattern pattern, IReadOnlyList<SegmentPattern> others)
    {
        SegmentAutomaton[] automata =
            [AutomatonOf(pattern), .. others.Select(AutomatonOf)];
        int[] alphabet = AlphabetOf(automata);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<int[]>();
        var found = new HashSet<ulong>();
        Visit(automata.Select(automaton => automaton.Start).ToArray());
        for (int visited = 0; waiting.Count > 0; visited++)
        {
            if (visited == StatesMax || _visited++ == StatesTotal)
                return null;
            int[] states = waiting.Dequeue();
            if (automata[0].IsAccepting(states[0]))
                found.Add(AcceptingOf(automata, states));
            foreach (int symbol in alphabet)
            {
                int first = automata[0].Next(states[0], symbol);
                if (first == SegmentAutomaton.Dead)
                    continue;
                int[] next = new int[states.Length];
                next[0] = first;
                for (int index = 1; index < next.Length; index++)
                    next[index] = automata[index].Next(states[index], symbol);
                Visit(next);
            }
        }

        return [.. found];

        void Visit(int[] states)
        {
            if (seen.Add(string.Join(",", states)))
                waiting.Enqueue(states);
        }
    }

    private static ulong AcceptingOf(SegmentAutomaton[] automata, int[] states)
    {
        ulong accepting = 0;
        for (int index = 1; index < automata.Length; index++)
        {
            if (automata[index].IsAccepting(states[index]))
                accepting |= 1UL << (index - 1);
        }

        return accepting;
    }

    /// <summary>
    /// Every symbol where constraints tell them apart; else those of the literals and one that is none of them.
    /// </summary>
    private static int[] AlphabetOf(SegmentAutomaton[] automata)
    {
        if (Array.Exists(automata, automaton => automaton.IsConstrained))
            return [.. PathSymbols.All];
        var symbols = new HashSet<int>(automata.SelectMany(automaton => automaton.LiteralSymbols));
        return [.. symbols, PathSymbols.All.First(symbol => !symbols.Contains(symbol))];
    }

    private SegmentAutomaton AutomatonOf(SegmentPattern pattern)
    {
        if (!_automata.TryGetValue(pattern, out SegmentAutomaton? automaton))
            _automata[pattern] = automaton = new SegmentAutomaton(pattern, isCaseInsensitive);
        return automaton;
    }
}
