namespace Waymark.Generator.Templates.Languages;

/// <summary>A range of bytes, both ends included.</summary>
internal readonly record struct ByteRange(byte First, byte Last);

/// <summary>
/// Scalar values as bytes: every range of scalar values is a union of sequences of byte ranges.
/// </summary>
/// <remarks>
/// RFC 3629, section 4. A range is cut until both ends have the same length and differ in a suffix of continuation
/// bytes that runs from 80 to BF entirely: then the byte ranges may vary independently. Overlong forms and surrogates
/// cannot come out, because the cuts start from scalar values.
/// <code>
/// UTF8-1 = %x00-7F
/// UTF8-2 = %xC2-DF UTF8-tail
/// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
/// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
/// </code>
/// </remarks>
internal static class Utf8Sequences
{
    private static readonly int[] LastOfLength = [0x7F, 0x7FF, 0xFFFF, ScalarSet.ScalarMax];

    public static IEnumerable<ByteRange[]> Of(ScalarSet set)
    {
        var sequences = new List<ByteRange[]>();
        foreach ((int first, int last) in set.Ranges)
            Cut(first, last, sequences);
        return sequences;
    }

    /// <summary>The UTF-8 form of one scalar value.</summary>
    public static byte[] Encode(int scalar)
    {
        if (scalar <= LastOfLength[0])
            return [(byte)scalar];
        int length = scalar <= LastOfLength[1] ? 2 : scalar <= LastOfLength[2] ? 3 : 4;
        var bytes = new byte[length];
        for (int index = length - 1; index > 0; index--, scalar >>= 6)
            bytes[index] = (byte)(0x80 | scalar & 0x3F);
        bytes[0] = (byte)(0xF00 >> length | scalar);
        return bytes;
    }

    /// <summary>
    /// Reads the scalar value at <paramref name="position"/> of UTF-16 text; -1 for a surrogate without its half.
    /// </summary>
    public static int ScalarAt(string text, int position, out int length)
    {
        bool isPair = char.IsHighSurrogate(text[position]) && position + 1 < text.Length &&
            char.IsLowSurrogate(text[position + 1]);
        length = isPair ? 2 : 1;
        if (isPair)
            return char.ConvertToUtf32(text[position], text[position + 1]);
        return char.IsSurrogate(text[position]) ? -1 : text[position];
    }

    private static void Cut(int first, int last, List<ByteRange[]> sequences)
    {
        foreach (int end in LastOfLength)
        {
            if (first <= end && end < last)
            {
                Cut(first, end, sequences);
                Cut(end + 1, last, sequences);
                return;
            }
        }

        for (int bits = 6; bits <= 18 && last > LastOfLength[0]; bits += 6)
        {
            int tail = (1 << bits) - 1;
            if ((first & ~tail) == (last & ~tail))
                continue;
            if ((first & tail) != 0)
            {
                Cut(first, first | tail, sequences);
                Cut((first | tail) + 1, last, sequences);
                return;
            }

            if ((last & tail) != tail)
            {
                Cut(first, (last & ~tail) - 1, sequences);
                Cut(last & ~tail, last, sequences);
                return;
            }
        }

        sequences.Add(Encode(first).Zip(Encode(last), (low, high) => new ByteRange(low, high)).ToArray());
    }
}
