namespace Waymark.Connections;

/// <summary>What the sweep has seen of a send that waits for its peer.</summary>
/// <remarks>
/// Only the sweep uses it. A kernel takes and acknowledges in lumps of up to 64 KiB, so the rate is reckoned up to the
/// last progress and not up to now: between two lumps only the time without progress counts. Where a transport cannot
/// tell what the peer has taken, the whole send (at most 64 KiB) has to be done within that time.
/// </remarks>
internal struct SendProgress
{
    private long _start;
    private long _takenFirst;
    private long _taken;
    private long _progressAt;

    /// <summary>Looks at a send.</summary>
    /// <param name="start">When it began to wait: tells one send from the next.</param>
    /// <param name="taken">What the peer has taken of all that was sent; less than 0 where that is unknown.</param>
    /// <param name="now">When this is.</param>
    /// <param name="floor">What is too slow.</param>
    /// <param name="time">Whose ticks these are.</param>
    /// <returns>True where the peer is too slow.</returns>
    public bool IsTooSlow(long start, long taken, long now, SendFloor floor, TimeProvider time)
    {
        if (_start != start)
        {
            _start = _progressAt = start;
            _takenFirst = _taken = taken;
        }
        else if (taken > _taken)
        {
            _taken = taken;
            _progressAt = now;
            double seconds = (time.GetElapsedTime(start, now) - floor.Grace).TotalSeconds;
            if (taken - _takenFirst < seconds * floor.BytesPerSecondMin)
                return true;
        }

        return time.GetElapsedTime(_progressAt, now) >= floor.NoProgressTimeout;
    }
}
