using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Waymark.CompilerServices;

/// <summary>The outcome of one match: captured parts of the path, by depth, and the verbs met on the way.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Captures are slots by depth in the template, so that
/// backtracking can only overwrite what an abandoned branch left behind.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct RouteMatch
{
    /// <summary>How many captures lie in the match itself; those beyond lie in an array that is kept.</summary>
    public const int CapturesInline = 8;

    private Slots _slots;
    private Slot[]? _more;

    /// <summary>The verbs that the paths met so far answer; complete only where no route was found.</summary>
    public Verbs Allow { get; set; }

    /// <summary>
    /// On a miss, the verbs of routes that match the path with its last slash added or taken away, where the table
    /// redirects to them.
    /// </summary>
    public Verbs Redirect { get; set; }

    /// <summary>Notes where a capture lies in the path.</summary>
    /// <param name="depth">0 to <see cref="CapturesInline"/> - 1, counted from the left of the template.</param>
    /// <param name="start">Offset of its first byte.</param>
    /// <param name="end">Offset behind its last byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Capture(int depth, int start, int end)
    {
        Debug.Assert(start >= 0 && end >= start);
        _slots[depth] = new Slot(start, end);
    }

    /// <summary>Notes where a capture beyond the first <see cref="CapturesInline"/> lies in the path.</summary>
    /// <param name="depth">From <see cref="CapturesInline"/> on, counted from the left of the template.</param>
    /// <param name="start">Offset of its first byte.</param>
    /// <param name="end">Offset behind its last byte.</param>
    public void CaptureMore(int depth, int start, int end)
    {
        Debug.Assert(start >= 0 && end >= start);
        int index = depth - CapturesInline;
        if (_more is null || _more.Length <= index)
            Array.Resize(ref _more, Math.Max(CapturesInline, index + 1));
        _more[index] = new Slot(start, end);
    }

    /// <summary>The bytes of a capture.</summary>
    /// <param name="path">The path that was matched.</param>
    /// <param name="depth">Which capture, counted from the left of the template.</param>
    public readonly ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> path, int depth)
    {
        Slot slot = depth < CapturesInline ? _slots[depth] : _more![depth - CapturesInline];
        return path[slot.Start..slot.End];
    }

    private readonly record struct Slot(int Start, int End);

    [InlineArray(CapturesInline)]
    private struct Slots
    {
#pragma warning disable IDE0044, IDE0051 // The compiler reads this field through the inline array.
        private Slot _first;
#pragma warning restore IDE0044, IDE0051
    }
}
