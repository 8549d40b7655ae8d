using System.Globalization;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Reach;

/// <summary>A segment pattern as a deterministic automaton over path symbols, built as far as it is asked.</summary>
/// <remarks>A state is the set of places that a <see cref="SegmentWalk"/> may be at. Not thread-safe.</remarks>
internal sealed class SegmentAutomaton
{
    /// <summary>The state from which nothing is accepted.</summary>
    public const int Dead = -1;

    private readonly SegmentWalk _walk;
    private readonly List<WalkState[]> _states = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int), int> _targets = [];

    public SegmentAutomaton(SegmentPattern pattern, bool isCaseInsensitive)
    {
        _walk = new SegmentWalk(pattern, isCaseInsensitive);
        Start = NumberOf([SegmentWalk.Start]);
    }

    public int Start { get; }

    public bool IsConstrained => _walk.IsConstrained;

    public IEnumerable<int> LiteralSymbols => _walk.LiteralSymbols;

    public bool IsAccepting(int state) => state != Dead && Array.Exists(_states[state], _walk.IsEnd);

    public int Next(int state, int symbol)
    {
        if (state == Dead)
            return Dead;
        if (_targets.TryGetValue((state, symbol), out int target))
            return target;
        var places = new HashSet<WalkState>();
        foreach (WalkState place in _states[state])
        {
            if (_walk.Next(place, symbol) is { } next)
                places.Add(next);
        }

        return _targets[(state, symbol)] = NumberOf(places);
    }

    public bool Accepts(IEnumerable<int> word)
    {
        int state = Start;
        foreach (int symbol in word)
            state = Next(state, symbol);
        return IsAccepting(state);
    }

    private int NumberOf(IEnumerable<WalkState> places)
    {
        // The end of a capture costs no symbol.
        var closed = new List<WalkState>(places);
        for (int index = 0; index < closed.Count; index++)
        {
            if (_walk.EndCapture(closed[index]) is { } behind && !closed.Contains(behind))
                closed.Add(behind);
        }

        if (closed.Count == 0)
            return Dead;
        WalkState[] sorted = closed
            .OrderBy(place => place.Token).ThenBy(place => place.Automaton).ThenBy(place => place.Search)
            .ToArray();
        string key = string.Join(";", sorted.Select(place => string.Format(
            CultureInfo.InvariantCulture, "{0},{1},{2}", place.Token, place.Automaton, place.Search)));
        if (_numbers.TryGetValue(key, out int number))
            return number;
        _states.Add(sorted);
        return _numbers[key] = _states.Count - 1;
    }
}
