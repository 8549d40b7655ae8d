using System.Globalization;

namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Decimal integers inside bounds: an automaton that compares digits with both bounds while it reads them.
/// </summary>
/// <remarks>
/// <code>
///   Start ──'-'──▶ Minus ──'0'──▶ Zero ⟲ '0'
///     │              └─'1'-'9'──▶ Digits (negative)
///     ├──'0'──▶ Zero ⟲ '0'            a zero, of either sign
///     └─'1'-'9'──▶ Digits ⟲ digit     how many, and how they compare with as many digits of each bound
/// </code>
/// At most 2 * 19 * 3 * 3 states of digits, so no limit is near.
/// </remarks>
internal sealed class IntegerLanguage
{
    private readonly bool _acceptsZero;

    // The magnitudes of each sign as digits, index 0 for positive numbers, 1 for negative; null where none is inside.
    private readonly string?[] _lowest = new string?[2];
    private readonly string?[] _highest = new string?[2];

    private IntegerLanguage(long min, long max)
    {
        _acceptsZero = min <= 0 && max >= 0;
        if (max >= 1 && min <= max)
            SetBounds(0, (ulong)Math.Max(min, 1), (ulong)max);
        if (min <= -1 && min <= max)
            SetBounds(1, Magnitude(Math.Min(max, -1)), Magnitude(min));
    }

    private enum Phase
    {
        Start,
        Minus,
        Zero,
        Digits,
        Dead,
    }

    public static ByteAutomaton Build(long min, long max)
    {
        var language = new IntegerLanguage(min, max);
        var starts = new bool[ByteClasses.ByteCount];
        foreach (int octet in Enumerable.Range('0', 11).Concat(['-', '-' + 1]))
            starts[octet] = true;
        return ByteAutomaton.TryReduce(RawAutomaton.Explore<State>(
                default, ByteClasses.FromStarts(starts), language.Next, language.IsAccepting))
            ?? throw new InvalidOperationException("Two bounds of 19 digits are far from the limit.");
    }

    /// <summary>Of the lowest number as well, whose magnitude is no Int64.</summary>
    private static ulong Magnitude(long negative) => (ulong)-(negative + 1) + 1;

    private void SetBounds(int sign, ulong lowest, ulong highest)
    {
        _lowest[sign] = lowest.ToString(CultureInfo.InvariantCulture);
        _highest[sign] = highest.ToString(CultureInfo.InvariantCulture);
    }

    private bool Next(State state, byte octet, out State target)
    {
        target = new State(Phase.Dead, 0, 0, 0, 0);
        if (octet == '-' && state.Phase == Phase.Start)
            target = new State(Phase.Minus, 1, 0, 0, 0);
        else if (octet is >= (byte)'0' and <= (byte)'9' && state.Phase != Phase.Dead)
            target = NextDigit(state, (char)octet);
        return true;
    }

    private State NextDigit(State state, char digit)
    {
        if (digit == '0' && state.Phase != Phase.Digits)
            return new State(Phase.Zero, state.Sign, 0, 0, 0);
        if (_highest[state.Sign] is not { } highest || _lowest[state.Sign] is not { } lowest ||
            state.Count == highest.Length)
        {
            return new State(Phase.Dead, 0, 0, 0, 0);
        }

        return new State(
            Phase.Digits,
            state.Sign,
            state.Count + 1,
            Compare(state.ToLowest, lowest, state.Count, digit),
            Compare(state.ToHighest, highest, state.Count, digit));
    }

    /// <summary>The first digit that differs decides; beyond the bound's end the count does.</summary>
    private static int Compare(int before, string bound, int index, char digit) =>
        before != 0 || index >= bound.Length ? before : Math.Sign(digit.CompareTo(bound[index]));

    private bool IsAccepting(State state)
    {
        if (state.Phase == Phase.Zero)
            return _acceptsZero;
        if (state.Phase != Phase.Digits)
            return false;
        int lowestLength = _lowest[state.Sign]!.Length;
        int highestLength = _highest[state.Sign]!.Length;
        return (state.Count > lowestLength || (state.Count == lowestLength && state.ToLowest >= 0)) &&
            (state.Count < highestLength || (state.Count == highestLength && state.ToHighest <= 0));
    }

    /// <param name="Phase">The place in the drawing above.</param>
    /// <param name="Sign">0 for positive numbers, 1 for negative.</param>
    /// <param name="Count">Digits read, leading zeros left out.</param>
    /// <param name="ToLowest">Below, like or above as many digits of the lowest magnitude: -1, 0 or 1.</param>
    /// <param name="ToHighest">The same for the highest.</param>
    private readonly record struct State(Phase Phase, int Sign, int Count, int ToLowest, int ToHighest);
}
