using System.Diagnostics;
using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Finds and removes the segments <c>.</c> and <c>..</c>: RFC 3986 sections 3.3 and 5.2.4.</summary>
internal static class DotSegmentRemover
{
    /// <summary>True when a segment is <c>.</c> or <c>..</c>, each dot plain or as <c>%2e</c>.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];
            int dots = 0;
            while (!segment.IsEmpty && dots < 3)
            {
                int octets = segment[0] == '.' ? 1
                    : PercentDecoder.TryReadEscape(segment, out byte octet) && octet == '.' ? 3
                    : 0;
                if (octets == 0)
                    break;
                segment = segment[octets..];
                dots++;
            }

            if (segment.IsEmpty && dots is 1 or 2)
                return true;
        }

        return false;
    }

    /// <summary>Removes dot segments in place; above the root there is nothing, so <c>..</c> ends there.</summary>
    /// <remarks>
    /// What RFC 3986 section 5.2.4 says with two buffers, in one pass: a segment with the slash before it moves to the
    /// end of what is kept, <c>.</c> keeps nothing, <c>..</c> drops the last kept one. A dot segment at the end leaves
    /// its slash. Linear: an octet is moved at most once and dropped at most once.
    /// </remarks>
    /// <param name="path">A path from its first slash on, normalised, so that every dot is a plain one.</param>
    /// <returns>The length of what is left, at least 1; it begins with a slash.</returns>
    public static int Remove(Span<byte> path)
    {
        Debug.Assert(path.Length > 0 && path[0] == '/');
        int kept = 0;
        for (int start = 0; start < path.Length;)
        {
            // INVARIANT: kept <= start, path[start] is a slash, and so is path[0] where kept > 0.
            int length = path[(start + 1)..].IndexOf((byte)'/');
            int end = length < 0 ? path.Length : start + 1 + length;
            ReadOnlySpan<byte> segment = path[(start + 1)..end];
            bool isParent = segment.SequenceEqual(".."u8);
            if (isParent)
                kept = Math.Max(0, path[..kept].LastIndexOf((byte)'/'));

            if (!isParent && !segment.SequenceEqual("."u8))
            {
                path[start..end].CopyTo(path[kept..]);
                kept += end - start;
            }
            else if (length < 0)
            {
                path[kept++] = (byte)'/';
            }

            start = end;
        }

        return kept;
    }
}
