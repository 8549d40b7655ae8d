namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Partitions of the 256 byte values: 256 entries, byte -> class, numbered by the first byte of each class.
/// </summary>
/// <remarks>
/// An automaton of digits needs a row of three targets and not of 256: every construction works per class, which
/// is what makes building and intersecting cheap enough for each keystroke.
/// </remarks>
internal static class ByteClasses
{
    public const int ByteCount = 256;

    /// <summary>The partition into intervals: a class begins at byte 0 and wherever <paramref name="starts"/> says so.
    /// </summary>
    public static byte[] FromStarts(bool[] starts)
    {
        var classes = new byte[ByteCount];
        for (int octet = 1; octet < ByteCount; octet++)
            classes[octet] = (byte)(classes[octet - 1] + (starts[octet] ? 1 : 0));
        return classes;
    }

    /// <summary>The coarsest partition finer than both.</summary>
    public static byte[] Combine(IReadOnlyList<byte> left, IReadOnlyList<byte> right) =>
        Number(octet => left[octet] << 8 | right[octet]);

    /// <summary>Bytes with the same key share a class.</summary>
    public static byte[] Number(Func<int, int> keyOf)
    {
        var numbers = new Dictionary<int, byte>();
        var classes = new byte[ByteCount];
        for (int octet = 0; octet < ByteCount; octet++)
        {
            int key = keyOf(octet);
            if (!numbers.TryGetValue(key, out byte number))
                numbers.Add(key, number = (byte)numbers.Count);
            classes[octet] = number;
        }

        return classes;
    }

    /// <summary>The first byte of every class, by class.</summary>
    public static byte[] FirstBytes(byte[] classes)
    {
        var first = new List<byte>();
        for (int octet = 0; octet < ByteCount; octet++)
        {
            // By the numbering, a class not met before is the next one.
            if (classes[octet] == first.Count)
                first.Add((byte)octet);
        }

        return first.ToArray();
    }
}
