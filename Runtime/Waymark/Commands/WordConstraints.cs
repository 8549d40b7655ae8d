using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The constraints that judge a word of a line otherwise than a capture of a path: nothing is
/// escaped.</summary>
/// <remarks>
/// Called by the emitted matcher; not meant for direct use. The others are in <c>Constraints</c>. Rule of this file: a
/// word meets a constraint where a capture of the same octets, without escapes, does.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WordConstraints
{
    /// <summary><c>len</c>: the number of Unicode scalar values.</summary>
    /// <param name="word">The word.</param>
    /// <param name="min">The least number.</param>
    /// <param name="max">The greatest number.</param>
    public static bool HasLength(ReadOnlySpan<byte> word, int min, int max)
    {
        int count = 0;
        foreach (byte octet in word)
        {
            // All but the first octet of a UTF-8 sequence are 10xxxxxx.
            if ((octet & 0xC0) != 0x80)
                count++;
        }

        return count >= min && count <= max;
    }

    /// <summary><c>in</c>: exactly one of the texts.</summary>
    /// <param name="word">The word.</param>
    /// <param name="texts">The texts as UTF-8, a zero octet behind each.</param>
    public static bool IsIn(ReadOnlySpan<byte> word, ReadOnlySpan<byte> texts)
    {
        while (!texts.IsEmpty)
        {
            int length = texts.IndexOf((byte)0);
            if (word.SequenceEqual(texts[..length]))
                return true;
            texts = texts[(length + 1)..];
        }

        return false;
    }

    /// <summary><c>re</c>: whether an automaton ends in an accepting state.</summary>
    /// <param name="word">The word.</param>
    /// <param name="classes">The class of each octet; 256.</param>
    /// <param name="targets">The next state by state and class, row by row. State 0 is the start.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="accepting">One octet for each state: 1 where it accepts.</param>
    public static bool IsAccepted(
        ReadOnlySpan<byte> word,
        ReadOnlySpan<byte> classes,
        ReadOnlySpan<ushort> targets,
        int classCount,
        ReadOnlySpan<byte> accepting)
    {
        int state = 0;
        foreach (byte octet in word)
            state = targets[(state * classCount) + classes[octet]];
        return accepting[state] != 0;
    }
}
