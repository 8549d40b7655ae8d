namespace Waymark.Background;

/// <summary>When ticks are due: arithmetic only, in ticks of <see cref="TimeSpan"/> since the start.</summary>
/// <remarks>
/// Nothing drifts: the grid is counted from the start, never from when a tick came, and the time that has passed is
/// measured from the start as well, so no rounding adds up. Not safe for threads: the ticker's lock guards it.
/// </remarks>
internal sealed class TickSchedule(TimeSpan period, TickMode mode, bool initial)
{
    /// <summary>More intervals than this behind, and it is said once.</summary>
    public const int IntervalsBehindMax = 5;

    // INVARIANT: of the grid modes always a multiple of the period.
    private long _due = initial ? 0 : period.Ticks;
    private bool _isFarBehind;

    /// <summary>When the next tick is due; may have passed.</summary>
    public long Due => _due;

    /// <summary>How many ticks have begun.</summary>
    public long Count { get; private set; }

    /// <summary>How many ticks of the grid there never were.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Begins the tick that is due, and decides when the next one is.</summary>
    /// <returns>Where an episode of being far behind begins: how many intervals. Else 0.</returns>
    public long Begin(long elapsed)
    {
        Count++;
        if (period == TimeSpan.Zero)
            return 0;

        long behind = Math.Max(0, elapsed - _due) / period.Ticks;
        switch (mode)
        {
            case TickMode.Fixed:
                SkippedCount += behind;
                _due += (behind + 1) * period.Ticks;
                return 0;
            case TickMode.Spaced:
                // Until its end is known: TryTick has no other.
                _due = elapsed + period.Ticks;
                return 0;
            default:
                _due += period.Ticks;
                return NoteLag(behind);
        }
    }

    /// <summary>Ends the tick that was begun last.</summary>
    public void End(long elapsed)
    {
        if (mode == TickMode.Spaced)
            _due = elapsed + period.Ticks;
    }

    /// <summary>An episode lasts until a tick is on time again.</summary>
    private long NoteLag(long behind)
    {
        bool wasFarBehind = _isFarBehind;
        if (behind == 0)
            _isFarBehind = false;
        else if (behind > IntervalsBehindMax)
            _isFarBehind = true;
        return _isFarBehind && !wasFarBehind ? behind : 0;
    }
}
