namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Two automata run side by side: a state is a pair, numbered <c>left * right.StateCount + right</c>.
/// </summary>
internal static class AutomatonProduct
{
    /// <summary>The automaton of the pairs; every pair that can accept nothing any more is one and the same.</summary>
    /// <param name="left">Whose acceptance is needed always.</param>
    /// <param name="right">The other.</param>
    /// <param name="accepts">Whether a pair accepts.</param>
    /// <param name="isRightNeeded">Whether nothing is accepted once the right one is dead.</param>
    public static ByteAutomaton? Build(
        ByteAutomaton left, ByteAutomaton right, Func<bool, bool, bool> accepts, bool isRightNeeded)
    {
        const int Dead = -1;
        int rightCount = right.StateCount;

        int Pair(int leftState, int rightState) =>
            left.IsDead(leftState) || (isRightNeeded && right.IsDead(rightState))
                ? Dead
                : leftState * rightCount + rightState;

        bool Next(int pair, byte octet, out int target)
        {
            target = pair == Dead
                ? Dead
                : Pair(left.Next(pair / rightCount, octet), right.Next(pair % rightCount, octet));
            return true;
        }

        return ByteAutomaton.TryReduce(RawAutomaton.Explore<int>(
            Pair(0, 0),
            ByteClasses.Combine(left.Classes, right.Classes),
            Next,
            pair => pair != Dead &&
                accepts(left.IsAccepting(pair / rightCount), right.IsAccepting(pair % rightCount))));
    }

    /// <summary>
    /// Whether a word leads both to a pair that accepts. At most 2,000 * 2,000 pairs: one byte of memory for each.
    /// </summary>
    public static bool Reaches(
        ByteAutomaton left, ByteAutomaton right, Func<bool, bool, bool> accepts, bool isRightNeeded)
    {
        byte[] firstBytes = ByteClasses.FirstBytes(ByteClasses.Combine(left.Classes, right.Classes));
        var isSeen = new bool[left.StateCount * right.StateCount];
        var waiting = new Stack<int>();
        waiting.Push(0);
        isSeen[0] = true;
        while (waiting.Count > 0)
        {
            int pair = waiting.Pop();
            int leftState = pair / right.StateCount;
            int rightState = pair % right.StateCount;
            if (accepts(left.IsAccepting(leftState), right.IsAccepting(rightState)))
                return true;
            if (left.IsDead(leftState) || (isRightNeeded && right.IsDead(rightState)))
                continue;
            foreach (byte octet in firstBytes)
            {
                int target = left.Next(leftState, octet) * right.StateCount + right.Next(rightState, octet);
                if (isSeen[target])
                    continue;
                isSeen[target] = true;
                waiting.Push(target);
            }
        }

        return false;
    }
}
