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
    /// <summary>The most captures one template may have (WM1019).</summary>
    public const int CapturesMax = 8;

    private Slots _slots;

    /// <summary>The verbs that the paths met so far answer; complete only where no route was found.</summary>
    public Verbs Allow { get; set; }

    /// <summary>Notes where a capture lies in the path.</summary>
    /// <param name="depth">0 to <see cref="CapturesMax"/> - 1, counted from the left of the template.</param>
    /// <param name="start">Offset of its first byte.</param>
    /// <param name="end">Offset behind its last byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Capture(int depth, int start, int end)
    {
        Debug.Assert(start >= 0 && end >= start);
        _slots[depth] = new Slot(start, end);
    }

    /// <summary>The bytes of a capture.</summary>
    /// <param name="path">The path that was matched.</param>
    /// <param name="depth">0 to <see cref="CapturesMax"/> - 1, counted from the left of the template.</param>
    public readonly ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> path, int depth) =>
        path[_slots[depth].Start.._slots[depth].End];

    private readonly record struct Slot(int Start, int End);

    [InlineArray(CapturesMax)]
    private struct Slots
    {
#pragma warning disable IDE0044, IDE0051 // The compiler reads this field through the inline array.
        private Slot _first;
#pragma warning restore IDE0044, IDE0051
    }
}
