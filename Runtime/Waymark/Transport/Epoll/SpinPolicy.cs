using System.Diagnostics;

namespace Waymark.Transport.Epoll;

/// <summary>How long a reactor looks for events before it sleeps: as long as that has paid lately.</summary>
/// <remarks>
/// To wake a sleeping thread costs more than a small request, and with few connections each request finds the thread
/// asleep. Looking for some tens of microseconds more meets the next request of a client that has just been answered.
/// Where nothing comes for long it would be waste: the time halves with each vain look, down to none.
/// </remarks>
internal struct SpinPolicy
{
    private static readonly long Longest = Stopwatch.Frequency / 20_000; // 50 microseconds
    private static readonly long Shortest = Stopwatch.Frequency / 200_000; // 5 microseconds

    private long _limit;

    /// <summary>Until when to look; 0 for not at all.</summary>
    public readonly long Begin() => _limit == 0 ? 0 : Stopwatch.GetTimestamp() + _limit;

    /// <summary>An event came while looking.</summary>
    public void Succeeded() => _limit = Longest;

    /// <summary>The reactor slept, after it had looked in vain or not at all.</summary>
    public void Slept(long ticks)
    {
        if (ticks <= Longest)
            _limit = Longest;
        else if (_limit > Shortest)
            _limit /= 2;
        else
            _limit = 0;
    }
}
