using System.Text;

namespace Waymark.Generator.Templates;

/// <summary>Decides whether two segment patterns share a segment, by walking both at once.</summary>
/// <remarks>
/// A pattern is a row of tokens: a literal character, or for each capture "any one" and then "any number". A state is a
/// pair of places in the two rows; there are at most (n + 1)(m + 1) of them and each is visited once, so the search
/// ends.
/// Breadth first, so the witness is as short as one can be.
/// </remarks>
internal static class SegmentOverlap
{
    private const char AnyOne = '\0';
    private const char AnyNumber = '\u0001';

    /// <summary>What a capture shows in a witness where the other pattern does not care either.</summary>
    private const char Filler = 'x';

    /// <summary>The shortest segment that both match, or null.</summary>
    public static string? FindWitness(SegmentPattern left, SegmentPattern right)
    {
        string leftTokens = TokensOf(left);
        string rightTokens = TokensOf(right);
        var seen = new HashSet<(int, int)> { (0, 0) };
        var queue = new Queue<(int Left, int Right, string Text)>();
        queue.Enqueue((0, 0, ""));
        while (queue.Count > 0)
        {
            (int leftIndex, int rightIndex, string text) = queue.Dequeue();
            if (leftIndex == leftTokens.Length && rightIndex == rightTokens.Length)
                return text;
            foreach ((int nextLeft, int nextRight, string step) in
                Steps(leftTokens, leftIndex, rightTokens, rightIndex))
            {
                if (seen.Add((nextLeft, nextRight)))
                    queue.Enqueue((nextLeft, nextRight, text + step));
            }
        }

        return null;
    }

    private static IEnumerable<(int Left, int Right, string Step)> Steps(
        string left, int leftIndex, string right, int rightIndex)
    {
        char? leftToken = leftIndex < left.Length ? left[leftIndex] : null;
        char? rightToken = rightIndex < right.Length ? right[rightIndex] : null;
        if (leftToken == AnyNumber)
            yield return (leftIndex + 1, rightIndex, "");
        if (rightToken == AnyNumber)
            yield return (leftIndex, rightIndex + 1, "");
        if (leftToken is not { } leftCharacter || rightToken is not { } rightCharacter)
            yield break;

        bool isLeftFree = leftCharacter is AnyOne or AnyNumber;
        bool isRightFree = rightCharacter is AnyOne or AnyNumber;
        if (!isLeftFree && !isRightFree && leftCharacter != rightCharacter)
            yield break;
        char step = !isLeftFree ? leftCharacter : !isRightFree ? rightCharacter : Filler;
        yield return (
            leftCharacter == AnyNumber ? leftIndex : leftIndex + 1,
            rightCharacter == AnyNumber ? rightIndex : rightIndex + 1,
            step.ToString());
    }

    private static string TokensOf(SegmentPattern pattern)
    {
        var tokens = new StringBuilder(pattern.Prefix);
        foreach (string tail in pattern.Tails)
            tokens.Append(AnyOne).Append(AnyNumber).Append(tail);
        return tokens.ToString();
    }
}
