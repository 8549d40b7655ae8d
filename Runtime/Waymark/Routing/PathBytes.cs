using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Waymark.CompilerServices;

/// <summary>
/// Reads of 1 to 8 bytes of a path as one integer, little endian on every machine, and the ends of segments.
/// </summary>
/// <remarks>
/// Called by the emitted matcher; not meant for direct use. No read checks bounds: the matcher guards every one with
/// one length test of its own.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PathBytes
{
    /// <summary>Reads 8 bytes.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">Where to read; offset + 8 is at most the path's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read8(ref byte path, int offset)
    {
        // SAFETY: the caller tested that offset + 8 bytes exist.
        ulong value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref path, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads 4 bytes.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">Where to read; offset + 4 is at most the path's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read4(ref byte path, int offset)
    {
        // SAFETY: the caller tested that offset + 4 bytes exist.
        uint value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref path, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads 2 bytes.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">Where to read; offset + 2 is at most the path's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Read2(ref byte path, int offset)
    {
        // SAFETY: the caller tested that offset + 2 bytes exist.
        ushort value = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref path, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads 1 byte.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">Where to read; less than the path's length.</param>
    // SAFETY: the caller tested that the byte exists.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Read1(ref byte path, int offset) => Unsafe.Add(ref path, offset);

    /// <summary>The offset of the next slash, or the length: a scalar loop, because segments are short.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">Where to start; at most <paramref name="length"/>.</param>
    /// <param name="length">The path's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SegmentEnd(ref byte path, int offset, int length)
    {
        // SAFETY: read only while offset < length.
        while (offset < length && Unsafe.Add(ref path, offset) != (byte)'/')
            offset++;
        return offset;
    }

    /// <summary>The offset where a literal occurs first, or -1.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">
    /// The first offset to look at; may lie beyond <paramref name="end"/>, and then there is none.
    /// </param>
    /// <param name="end">Behind the last byte to look at; at most the path's length.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOf(ref byte path, int offset, int end, ReadOnlySpan<byte> literal)
    {
        if (offset >= end)
            return -1;

        // SAFETY: offset < end, and end is at most the path's length.
        ReadOnlySpan<byte> segment = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref path, offset), end - offset);
        int index = segment.IndexOf(literal);
        return index < 0 ? -1 : offset + index;
    }

    /// <summary>As <see cref="IndexOf(ref byte, int, int, ReadOnlySpan{byte})"/>, but an occurrence that starts inside
    /// an escape is none.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at; at most the path's length.</param>
    /// <param name="literal">What to look for; not empty.</param>
    /// <remarks>For a literal that starts with a hexadecimal digit: <c>2F</c> also stands in <c>%2F</c>.</remarks>
    public static int IndexOfOutsideEscapes(ref byte path, int offset, int end, ReadOnlySpan<byte> literal)
    {
        int index = IndexOf(ref path, offset, end, literal);
        while (index >= 0 && IsInsideEscape(ref path, index))
            index = IndexOf(ref path, index + 1, end, literal);
        return index;
    }

    /// <summary>As <see cref="IndexOf(ref byte, int, int, ReadOnlySpan{byte})"/>, ASCII letters in either
    /// case.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at; at most the path's length.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOfIgnoreCase(ref byte path, int offset, int end, ReadOnlySpan<byte> literal)
    {
        for (; offset + literal.Length <= end; offset++)
        {
            if (Ascii.EqualsIgnoreCase(Slice(ref path, offset, offset + literal.Length), literal))
                return offset;
        }

        return -1;
    }

    /// <summary>
    /// As <see cref="IndexOfOutsideEscapes(ref byte, int, int, ReadOnlySpan{byte})"/>, ASCII letters in either case.
    /// </summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">The first offset to look at.</param>
    /// <param name="end">Behind the last byte to look at; at most the path's length.</param>
    /// <param name="literal">What to look for; not empty.</param>
    public static int IndexOfOutsideEscapesIgnoreCase(ref byte path, int offset, int end, ReadOnlySpan<byte> literal)
    {
        int index = IndexOfIgnoreCase(ref path, offset, end, literal);
        while (index >= 0 && IsInsideEscape(ref path, index))
            index = IndexOfIgnoreCase(ref path, index + 1, end, literal);
        return index;
    }

    /// <summary>True where an offset is that of the first or second digit of an escape.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="offset">At least 1, as a path starts with a slash; less than its length.</param>
    public static bool IsInsideEscape(ref byte path, int offset) =>
        // SAFETY: offset - 1 is at least 0; offset - 2 is read only where it is.
        Unsafe.Add(ref path, offset - 1) == (byte)'%'
        || (offset >= 2 && Unsafe.Add(ref path, offset - 2) == (byte)'%');

    /// <summary>The bytes of a part of the path.</summary>
    /// <param name="path">The first byte of the path.</param>
    /// <param name="start">Offset of the first byte.</param>
    /// <param name="end">Offset behind the last one; at least <paramref name="start"/>, at most the length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Slice(ref byte path, int start, int end) =>
        // SAFETY: the caller tested that the part lies in the path.
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref path, start), end - start);
}
