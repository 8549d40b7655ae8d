using System.Diagnostics;

namespace Waymark.Transport.Epoll;

/// <summary>How long a reactor looks for events before it sleeps: as long as that has paid lately.</summary>
/// <remarks>
/// To wake a sleeping thread costs more than a small request, and with few connections each request finds the thread
/// asleep. Looking for some tens of microseconds more meets the next request of a client that has just been answered.
/// Where nothing comes for long it would be waste: the time halves with each vain look, down to none. And where events
/// come several at a time, one that wakes the thread pays for all of them. On a single processor a look only keeps the
/// client from running.
/// </remarks>
/// <param name="processorCount">How many processors the process may use.</param>
internal struct SpinPolicy(int processorCount)
{
    private static readonly long Longest = Stopwatch.Frequency / 20_000; // 50 microseconds
    private static readonly long Shortest = Stopwatch.Frequency / 200_000; // 5 microseconds

    // The events that come at once, on average, in 1/256; the newest has an eighth of the weight.
    private const int One = 256;
    private const int Weight = 8;
    private const int FewMax = One * 3 / 2;

    private readonly bool _canPay = processorCount > 1;
    private long _limit;
    private int _atOnce;

    /// <summary>Until when to look; 0 for not at all.</summary>
    public readonly long Begin() =>
        !_canPay || _limit == 0 || _atOnce > FewMax ? 0 : Stopwatch.GetTimestamp() + _limit;

    /// <summary>So many events came at once.</summary>
    public void Came(int count)
    {
        if (count > 0)
            _atOnce += ((count * One) - _atOnce) / Weight;
    }

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
