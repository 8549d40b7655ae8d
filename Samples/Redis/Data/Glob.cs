/// <summary>
/// Patterns of KEYS: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^a]</c>, and a backslash before any of these.
/// </summary>
internal static class Glob
{
    /// <summary>True where all of the text is what the pattern says.</summary>
    /// <remarks>
    /// Only the last star is ever gone back to: what an earlier one could take more of, the later one can take as well.
    /// So the time is at most the product of both lengths.
    /// </remarks>
    public static bool IsMatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = ++p;
                starText = t;
            }
            else if (p < pattern.Length && TryMatchOne(pattern[p..], text[t], out int length))
            {
                p += length;
                t++;
            }
            else if (star >= 0)
            {
                p = star;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        return !pattern[p..].ContainsAnyExcept((byte)'*');
    }

    /// <summary>Compares an octet with the first element of a pattern, which is no star.</summary>
    private static bool TryMatchOne(ReadOnlySpan<byte> pattern, byte octet, out int length)
    {
        length = 1;
        switch (pattern[0])
        {
            case (byte)'?':
                return true;
            case (byte)'[':
                return IsInClass(pattern, octet, out length);
            case (byte)'\\' when pattern.Length > 1:
                length = 2;
                return pattern[1] == octet;
            default:
                return pattern[0] == octet;
        }
    }

    /// <summary>A class that is not closed goes to the end of the pattern.</summary>
    private static bool IsInClass(ReadOnlySpan<byte> pattern, byte octet, out int length)
    {
        int position = 1;
        bool isNegated = pattern.Length > 1 && pattern[1] == '^';
        if (isNegated)
            position++;
        bool isIn = false;
        while (position < pattern.Length && pattern[position] != ']')
        {
            byte low = TakeOctet(pattern, ref position);
            byte high = low;
            if (position + 1 < pattern.Length && pattern[position] == '-' && pattern[position + 1] != ']')
            {
                position++;
                high = TakeOctet(pattern, ref position);
            }

            isIn |= octet >= Math.Min(low, high) && octet <= Math.Max(low, high);
        }

        length = Math.Min(position + 1, pattern.Length);
        return isIn != isNegated;
    }

    private static byte TakeOctet(ReadOnlySpan<byte> pattern, ref int position)
    {
        if (pattern[position] == '\\' && position + 1 < pattern.Length)
            position++;
        return pattern[position++];
    }
}
