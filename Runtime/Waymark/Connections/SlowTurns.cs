using Waymark.Transport.Epoll;

namespace Waymark.Connections;

/// <summary>Which routes have held up a reactor's thread, and so are run on the thread pool from then on.</summary>
/// <remarks>
/// A reactor tells after some 25 milliseconds. The first time may have been a compilation or a cold cache, so it takes
/// two. What ran before a route was found is a middleware: then every request goes to the pool. There blocking code
/// costs what it costs everywhere in .NET.
/// </remarks>
internal sealed class SlowTurns
{
    /// <summary>The route of an exchange that has not come to one.</summary>
    public const int NoRoute = -1;

    private const int StrikesMax = 2;
    private const int Logged = 3;

    private readonly Lock _lock = new();

    // INVARIANT: written under _lock; index 0 is NoRoute. Replaced where it is too short, never shortened.
    private volatile byte[] _strikes = [];
    private volatile bool _hasSlow;

    /// <summary>Notes that a route's handler keeps a reactor's thread; from any thread.</summary>
    public void Strike(int route)
    {
        lock (_lock)
        {
            byte[] strikes = _strikes;
            if (strikes.Length < route + 2)
                Array.Resize(ref strikes, route + 2);
            if (strikes[route + 1] < StrikesMax)
                strikes[route + 1]++;
            _hasSlow |= strikes[route + 1] == StrikesMax;
            _strikes = strikes;
        }
    }

    /// <summary>True where a route is to run on the pool, and this thread is a reactor's.</summary>
    public bool MustHop(int route) => _hasSlow && IsSlow(route) && ReactorThread.IsCurrent;

    /// <summary>True once for each route that is slow: to be logged.</summary>
    public bool IsFirstHop(int route)
    {
        lock (_lock)
        {
            if (_strikes[route + 1] == Logged)
                return false;
            _strikes[route + 1] = Logged;
            return true;
        }
    }

    private bool IsSlow(int route)
    {
        byte[] strikes = _strikes;
        return route + 1 < strikes.Length && strikes[route + 1] >= StrikesMax;
    }
}
