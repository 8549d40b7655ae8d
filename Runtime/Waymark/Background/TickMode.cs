namespace Waymark;

/// <summary>When the next tick of a <see cref="Ticker"/> is due; it matters where ticks take time.</summary>
/// <remarks>
/// Period 1 s, no work but for tick 1, which takes 2.5 s:
/// <code>
/// Fixed    0  1  3.5  4    5      one late tick for all that were missed, then the grid again
/// CatchUp  0  1  3.5  3.5  4  5   a tick for each that was missed
/// Spaced   0  1  4.5  5.5         a whole period between the end of a tick and the next one
/// </code>
/// In none of them do two ticks run at once.
/// </remarks>
public enum TickMode
{
    /// <summary>On a grid that begins with the start; ticks that were missed are one late tick.</summary>
    Fixed,

    /// <summary>On the same grid; ticks that were missed follow at once, so that none is lost.</summary>
    CatchUp,

    /// <summary>A whole period lies between the end of a tick and the next.</summary>
    Spaced,
}
