using System.ComponentModel;
using System.Diagnostics;
using Waymark.Buffers;

namespace Waymark.CompilerServices;

/// <summary>The constraints of the route language, each judging one capture.</summary>
/// <remarks>
/// Called by the emitted matcher; not meant for direct use. A capture comes as it stands in the matched path: where it
/// holds an escape, the octet behind the escape is judged, decoded once. Nothing here allocates, but for a user's
/// constraint on a long capture with escapes.
/// <para>
/// Rule of this file: what a method accepts is exactly the language that the generator proves conflicts with; a test
/// compares the two.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Constraints
{
    private const int StackBytesMax = 256;

    /// <summary><c>int</c>: decimal digits, perhaps behind a minus, within <see cref="int"/>.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsInt32(ReadOnlySpan<byte> capture) => Int32Parser.TryParse(capture, out _);

    /// <summary><c>long</c>: decimal digits, perhaps behind a minus, within <see cref="long"/>.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsInt64(ReadOnlySpan<byte> capture) => Int64Parser.TryParse(capture, out _);

    /// <summary><c>min</c>, <c>max</c>, <c>range</c>: as <see cref="IsInt64"/>, and within the bounds.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    public static bool IsInRange(ReadOnlySpan<byte> capture, long min, long max) =>
        Int64Parser.TryParse(capture, out long value) && value >= min && value <= max;

    /// <summary><c>guid</c>: 32 hexadecimal digits, plain or as 8-4-4-4-12 with hyphens.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsGuid(ReadOnlySpan<byte> capture) => GuidParser.TryParse(capture, out _);

    /// <summary><c>bool</c>: <c>true</c> or <c>false</c>, in any case.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsBoolean(ReadOnlySpan<byte> capture) =>
        System.Text.Ascii.EqualsIgnoreCase(capture, "true"u8) || System.Text.Ascii.EqualsIgnoreCase(capture, "false"u8);

    /// <summary><c>alpha</c>: ASCII letters.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsAlpha(ReadOnlySpan<byte> capture)
    {
        foreach (byte octet in capture)
        {
            if (!char.IsAsciiLetter((char)octet))
                return false;
        }

        return true;
    }

    /// <summary><c>alnum</c>: ASCII letters and digits.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsAlphaNumeric(ReadOnlySpan<byte> capture)
    {
        foreach (byte octet in capture)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet))
                return false;
        }

        return true;
    }

    /// <summary><c>hex</c>: hexadecimal digits.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsHexadecimal(ReadOnlySpan<byte> capture)
    {
        foreach (byte octet in capture)
        {
            if (!char.IsAsciiHexDigit((char)octet))
                return false;
        }

        return true;
    }

    /// <summary><c>slug</c>: lower-case letters and digits in groups, a hyphen between two groups.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    public static bool IsSlug(ReadOnlySpan<byte> capture)
    {
        bool isGroupStart = true;
        foreach (byte octet in capture)
        {
            bool isHyphen = octet == '-';
            if (isHyphen ? isGroupStart : !char.IsAsciiLetterLower((char)octet) && !char.IsAsciiDigit((char)octet))
                return false;
            isGroupStart = isHyphen;
        }

        return !isGroupStart;
    }

    /// <summary><c>len</c>: the number of Unicode scalar values.</summary>
    /// <param name="capture">The capture as it stands in the path: UTF-8.</param>
    /// <param name="min">The least number.</param>
    /// <param name="max">The greatest number.</param>
    public static bool HasLength(ReadOnlySpan<byte> capture, int min, int max)
    {
        int count = 0;
        while (!capture.IsEmpty)
        {
            // All but the first octet of a UTF-8 sequence are 10xxxxxx.
            if ((Take(ref capture) & 0xC0) != 0x80)
                count++;
        }

        return count >= min && count <= max;
    }

    /// <summary><c>in</c>: exactly one of the texts.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    /// <param name="texts">The texts as UTF-8, a zero octet behind each.</param>
    public static bool IsIn(ReadOnlySpan<byte> capture, ReadOnlySpan<byte> texts)
    {
        while (!texts.IsEmpty)
        {
            int length = texts.IndexOf((byte)0);
            Debug.Assert(length >= 0);
            if (IsText(capture, texts[..length]))
                return true;
            texts = texts[(length + 1)..];
        }

        return false;
    }

    /// <summary><c>re</c>: whether an automaton ends in an accepting state.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    /// <param name="classes">The class of each octet; 256.</param>
    /// <param name="targets">The next state by state and class, row by row. State 0 is the start.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="accepting">One octet for each state: 1 where it accepts.</param>
    public static bool IsAccepted(
        ReadOnlySpan<byte> capture,
        ReadOnlySpan<byte> classes,
        ReadOnlySpan<ushort> targets,
        int classCount,
        ReadOnlySpan<byte> accepting)
    {
        int state = 0;
        while (!capture.IsEmpty)
            state = targets[(state * classCount) + classes[Take(ref capture)]];
        return accepting[state] != 0;
    }

    /// <summary>A constraint of the user's, on the value percent-decoded.</summary>
    /// <param name="capture">The capture as it stands in the path.</param>
    /// <typeparam name="T">Calls the user's method.</typeparam>
    public static bool IsMet<T>(ReadOnlySpan<byte> capture)
        where T : IConstraint
    {
        if (!capture.Contains((byte)'%'))
            return T.IsMet(capture);

        Span<byte> buffer = capture.Length <= StackBytesMax ? stackalloc byte[StackBytesMax] : new byte[capture.Length];
        return T.IsMet(buffer[..PercentDecoder.Decode(capture, buffer, isPlusSpace: false)]);
    }

    private static bool IsText(ReadOnlySpan<byte> capture, ReadOnlySpan<byte> text)
    {
        foreach (byte octet in text)
        {
            if (capture.IsEmpty || Take(ref capture) != octet)
                return false;
        }

        return capture.IsEmpty;
    }

    /// <summary>Takes one octet from the front, decoded where it is escaped.</summary>
    private static byte Take(ref ReadOnlySpan<byte> capture)
    {
        byte octet = capture[0];
        int taken = 1;
        if (octet == '%' && PercentDecoder.TryReadEscape(capture, out byte decoded))
            (octet, taken) = (decoded, 3);
        capture = capture[taken..];
        return octet;
    }
}

/// <summary>A constraint of the user's, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IConstraint
{
    /// <summary>Whether a value meets the constraint.</summary>
    /// <param name="value">The value percent-decoded, never empty.</param>
    public static abstract bool IsMet(ReadOnlySpan<byte> value);
}
