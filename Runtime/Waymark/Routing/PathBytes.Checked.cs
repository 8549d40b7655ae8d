using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Waymark.CompilerServices;

// The same reads through a span, which throws where a read would leave the path: for a matcher that was emitted with
// WaymarkCheckedMatcher, to compare the fast one with, and for whoever wants no unchecked read in a service.
public static partial class PathBytes
{
    /// <summary>Reads 8 bytes, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to read.</param>
    public static ulong Read8(ReadOnlySpan<byte> path, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(path.Slice(offset, 8));

    /// <summary>Reads 4 bytes, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to read.</param>
    public static uint Read4(ReadOnlySpan<byte> path, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(path.Slice(offset, 4));

    /// <summary>Reads 2 bytes, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to read.</param>
    public static ushort Read2(ReadOnlySpan<byte> path, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(path.Slice(offset, 2));

    /// <summary>Reads 1 byte, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to read.</param>
    public static byte Read1(ReadOnlySpan<byte> path, int offset) => path[offset];

    /// <summary>The offset of the next slash, or the length, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to start.</param>
    /// <param name="length">The path's length.</param>
    public static int SegmentEnd(ReadOnlySpan<byte> path, int offset, int length)
    {
        int slash = path[offset..length].IndexOf((byte)'/');
        return slash < 0 ? length : offset + slash;
    }

    /// <summary>The offset where a literal occurs first, or -1, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOf(ReadOnlySpan<byte> path, int offset, int end, ReadOnlySpan<byte> literal) =>
        IndexOf(ref First(path, end), offset, end, literal);

    /// <summary>The same outside of escapes, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOfOutsideEscapes(ReadOnlySpan<byte> path, int offset, int end, ReadOnlySpan<byte> literal) =>
        IndexOfOutsideEscapes(ref First(path, end), offset, end, literal);

    /// <summary>The same with letters in either case, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOfIgnoreCase(ReadOnlySpan<byte> path, int offset, int end, ReadOnlySpan<byte> literal) =>
        IndexOfIgnoreCase(ref First(path, end), offset, end, literal);

    /// <summary>The same with letters in either case and outside of escapes, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOfOutsideEscapesIgnoreCase(
        ReadOnlySpan<byte> path, int offset, int end, ReadOnlySpan<byte> literal) =>
        IndexOfOutsideEscapesIgnoreCase(ref First(path, end), offset, end, literal);

    /// <summary>True where an offset is that of the first or second digit of an escape, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">At least 1.</param>
    public static bool IsInsideEscape(ReadOnlySpan<byte> path, int offset) =>
        path[offset - 1] == (byte)'%' || (offset >= 2 && path[offset - 2] == (byte)'%');

    /// <summary>The bytes of a part of the path, checked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="start">Offset of the first byte.</param>
    /// <param name="end">Offset behind the last one.</param>
    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> path, int start, int end) => path[start..end];

    /// <summary>The first byte, where all bytes up to an end exist; throws where they do not.</summary>
    private static ref byte First(ReadOnlySpan<byte> path, int end) => ref MemoryMarshal.GetReference(path[..end]);
}
