namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// A complete deterministic automaton as it was discovered: states reachable, but neither minimal nor canonical.
/// </summary>
/// <remarks>State 0 is the start; <c>Targets[state * ClassCount + class]</c> is the next state.</remarks>
internal sealed class RawAutomaton
{
    /// <summary>
    /// The most states discovered before reduction. Four times what may remain, because products and subset
    /// constructions shrink; no more, because each costs time in the editor.
    /// </summary>
    public const int StatesMax = 4 * ByteAutomaton.StatesMax;

    private RawAutomaton(byte[] classes, int classCount, int[] targets, bool[] accepting)
    {
        Classes = classes;
        ClassCount = classCount;
        Targets = targets;
        Accepting = accepting;
    }

    public byte[] Classes { get; }

    public int ClassCount { get; }

    public int[] Targets { get; }

    public bool[] Accepting { get; }

    /// <summary>
    /// Follows <paramref name="next"/> from <paramref name="start"/> until no new state turns up; null where a state is
    /// the one too many or <paramref name="next"/> gives up with false.
    /// </summary>
    public static RawAutomaton? Explore<TState>(
        TState start,
        byte[] classes,
        TryNext<TState> next,
        Func<TState, bool> isAccepting,
        IEqualityComparer<TState>? comparer = null)
        where TState : notnull
    {
        byte[] firstBytes = ByteClasses.FirstBytes(classes);
        var numbers = new Dictionary<TState, int>(comparer ?? EqualityComparer<TState>.Default) { [start] = 0 };
        var states = new List<TState> { start };
        var targets = new List<int>();
        for (int state = 0; state < states.Count; state++)
        {
            foreach (byte octet in firstBytes)
            {
                if (!next(states[state], octet, out TState target))
                    return null;
                if (!numbers.TryGetValue(target, out int number))
                {
                    number = states.Count;
                    if (number == StatesMax)
                        return null;
                    numbers.Add(target, number);
                    states.Add(target);
                }

                targets.Add(number);
            }
        }

        return new RawAutomaton(
            classes, firstBytes.Length, targets.ToArray(), states.Select(isAccepting).ToArray());
    }
}

/// <summary>Where <paramref name="octet"/> leads; false where the answer would cost more than it is worth.</summary>
internal delegate bool TryNext<TState>(TState state, byte octet, out TState target);
