using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Waymark.Buffers;

/// <summary>Runs of octets of one set, for the short ones that a head is made of.</summary>
/// <remarks>
/// A method, a field's name, a path, a host: between 4 and 40 octets. A search of .NET spends about a hundred
/// instructions on such a run before it has looked at the first octet; this looks at 16 with a dozen, inlined, as long
/// as 16 are there, and mostly they are: the rest of the head stands behind. A set is a bitmap: bit h of the octet at l
/// tells whether it holds 0xhl; octets from 0x80 on are in none. The sets are those of <see cref="Ascii"/>, whose
/// searches are the twins in the tests.
/// </remarks>
internal static class OctetRuns
{
    /// <summary><see cref="Ascii.Token"/>.</summary>
    private static Vector128<byte> Token => Vector128.Create(
        (byte)0xE8, 0xFC, 0xF8, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC,
        0xF8, 0xF8, 0xF4, 0x54, 0xD0, 0x54, 0xF4, 0x70);

    /// <summary>RFC 3986 section 3.3: pchar / "/", without pct-encoded, which is looked at one by one.</summary>
    private static Vector128<byte> Path => Vector128.Create(
        (byte)0xB8, 0xFC, 0xF8, 0xF8, 0xFC, 0xF8, 0xFC, 0xFC,
        0xFC, 0xFC, 0xFC, 0x5C, 0x54, 0x5C, 0xD4, 0x74);

    /// <summary>RFC 3986 section 3.4: query = *( pchar / "/" / "?" ), without pct-encoded.</summary>
    private static Vector128<byte> Query => Vector128.Create(
        (byte)0xB8, 0xFC, 0xF8, 0xF8, 0xFC, 0xF8, 0xFC, 0xFC,
        0xFC, 0xFC, 0xFC, 0x5C, 0x54, 0x5C, 0xD4, 0x7C);

    /// <summary>RFC 3986 section 3.2.2: reg-name, without the comma: it joins lists, and no host needs one.</summary>
    private static Vector128<byte> RegName => Vector128.Create(
        (byte)0xA8, 0xFC, 0xF8, 0xF8, 0xFC, 0xFC, 0xFC, 0xFC,
        0xFC, 0xFC, 0xF4, 0x5C, 0x50, 0x5C, 0xD4, 0x70);

    // What the upper four bits of an octet select in a bitmap.
    private static Vector128<byte> Powers => Vector128.Create(
        (byte)0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The number of octets at the front that are <see cref="Ascii.Token"/>.</summary>
    public static int CountToken(ReadOnlySpan<byte> text) => Count(text, Token, out _);

    /// <summary>The number of octets at the front that are <see cref="Path"/>.</summary>
    /// <param name="text">What is looked at.</param>
    /// <param name="hasDot">True where any of these is a dot.</param>
    public static int CountPath(ReadOnlySpan<byte> text, out bool hasDot) => Count(text, Path, out hasDot);

    /// <summary>The number of octets at the front that are <see cref="Query"/>.</summary>
    public static int CountQuery(ReadOnlySpan<byte> text) => Count(text, Query, out _);

    /// <summary>The number of octets at the front that are <see cref="RegName"/>.</summary>
    public static int CountRegName(ReadOnlySpan<byte> text) => Count(text, RegName, out _);

    /// <summary>Where the first octet of <see cref="Ascii.FieldValueEnd"/> stands; -1 where there is none.</summary>
    public static int IndexOfFieldValueEnd(ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index += Vector128<byte>.Count)
        {
            Vector128<byte> octets = Load(text[index..]);
            Vector128<byte> ends = Vector128.AndNot(
                    Vector128.Equals(Vector128.Min(octets, Vector128.Create((byte)0x1F)), octets),
                    Vector128.Equals(octets, Vector128.Create((byte)'\t')))
                | Vector128.Equals(octets, Vector128.Create((byte)0x7F));
            uint bits = ends.ExtractMostSignificantBits();
            if (bits == 0)
                continue;
            index += BitOperations.TrailingZeroCount(bits);
            return index < text.Length ? index : -1;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(ReadOnlySpan<byte> text, Vector128<byte> bitmap, out bool hasDot)
    {
        uint dots = 0;
        for (int count = 0; count < text.Length; count += Vector128<byte>.Count)
        {
            Vector128<byte> octets = Load(text[count..]);
            uint outside = Vector128.Equals(Select(octets, bitmap), Vector128<byte>.Zero).ExtractMostSignificantBits();
            uint found = Vector128.Equals(octets, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
            if (outside != 0)
            {
                // Of the dots, those below the first octet that is outside.
                hasDot = (dots | (found & (outside - 1) & ~outside)) != 0;
                return count + BitOperations.TrailingZeroCount(outside);
            }

            dots |= found;
        }

        hasDot = dots != 0;
        return text.Length;
    }

    /// <summary>The next 16 octets, with zeros behind the last one; zero is in no set, and ends a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(ReadOnlySpan<byte> text) =>
        text.Length >= Vector128<byte>.Count
            ? Vector128.Create(text[..Vector128<byte>.Count])
            : LoadLast(text);

    /// <summary>Fewer than 16 octets, by reads that overlap.</summary>
    private static Vector128<byte> LoadLast(ReadOnlySpan<byte> text)
    {
        int length = text.Length;
        if (length > 8)
        {
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(text[(length - 8)..]);
            return Vector128.Create(
                BinaryPrimitives.ReadUInt64LittleEndian(text), last >> (8 * (16 - length))).AsByte();
        }

        ulong low;
        if (length >= 4)
        {
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(text[(length - 4)..]);
            low = BinaryPrimitives.ReadUInt32LittleEndian(text) | (last << (8 * (length - 4)));
        }
        else
        {
            low = length == 0 ? 0UL
                : text[0] | ((ulong)text[length / 2] << (8 * (length / 2)))
                    | ((ulong)text[length - 1] << (8 * (length - 1)));
        }

        return Vector128.Create(low, 0).AsByte();
    }

    /// <summary>For each octet, not zero where it is in a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Select(Vector128<byte> octets, Vector128<byte> bitmap)
    {
        Vector128<byte> low = octets & Vector128.Create((byte)0x0F);
        Vector128<byte> high = octets >>> 4;

        // Neither index is above 15, so that what the instruction does beyond does not matter.
        return Ssse3.IsSupported
            ? Ssse3.Shuffle(bitmap, low) & Ssse3.Shuffle(Powers, high)
            : Vector128.Shuffle(bitmap, low) & Vector128.Shuffle(Powers, high);
    }
}
