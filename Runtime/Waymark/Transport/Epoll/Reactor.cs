using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Waymark.Transport.Epoll;

/// <summary>One epoll instance and the thread that drives it: tells targets what they are ready for.</summary>
/// <remarks>
/// <code>
///        +--> epoll_wait --> each event: the target's OnReady --> what was posted ---+
///        |    (spins first)         |                                               |
///        +--------------------------|-----------------------------------------------+
///                                   | stays in there for some milliseconds
///                                   v
///              ReactorWatch: a spare thread drives from here on (events left over included);
///              the old one ends what it is doing and becomes a spare thread
/// </code>
/// What a target does runs right here: that saves the hop to another thread, which costs more than all the work of a
/// small request. Code that blocks is found by <see cref="ReactorWatch"/>, so it delays the others by some milliseconds
/// and not for as long as it pleases.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Reactors live as long as the process.")]
internal sealed class Reactor
{
    private const int EventsMax = 256;
    private const int Infinite = -1;

    // The driver's turn: its number times two, plus one while a target's code runs.
    private const long InTarget = 1;
    private const long TurnStep = 2;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly ulong _wakeToken;
    private readonly ReadinessList _events = new(EventsMax);
    private readonly ConcurrentQueue<Posted> _posted = new();
    private readonly ReactorWatch _watch;

    // INVARIANT: the driver's until it has lost its turn, then those of the next one.
    private int _next;
    private int _count;
    private SpinPolicy _spin = new(Environment.ProcessorCount);

    // INVARIANT: the driver alone sets and clears InTarget; the watch alone gives the turn to the next driver, and only
    // while InTarget is set.
    private long _turn;
    private volatile uint _targetCount;
    private volatile IReactorTarget? _target;
    private int _isAsleep;
    private int _load;

    public Reactor(ReactorWatch watch)
    {
        _watch = watch;
        _epoll = LibC.EpollCreate(LibC.EpollCloseOnExec);
        if (_epoll < 0)
            throw SystemErrors.Last();
        _wake = LibC.EventDescriptor(0, LibC.EventCloseOnExec | LibC.EventNonBlocking);
        if (_wake < 0)
            throw SystemErrors.Last();
        _wakeToken = ReactorTargets.Add(_wake, new WakeTarget());
        if (!ReadinessList.TryWatch(_epoll, _wake, Readiness.Receive | Readiness.Edge, _wakeToken))
            throw SystemErrors.Last();
    }

    /// <summary>How many connections it has.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>True while it waits for events.</summary>
    public bool IsAsleep => Volatile.Read(ref _isAsleep) != 0;

    /// <summary>Counts connections in and out.</summary>
    public void AddLoad(int count) => Interlocked.Add(ref _load, count);

    /// <summary>Tells a target of every change from not ready to ready, and of what is so now.</summary>
    /// <exception cref="SocketException">The system is out of memory or watches.</exception>
    public void Watch(int descriptor, IReactorTarget target, Readiness readiness)
    {
        ulong token = ReactorTargets.Add(descriptor, target);
        if (!ReadinessList.TryWatch(_epoll, descriptor, readiness | Readiness.Edge, token))
            throw SystemErrors.Last();
    }

    /// <summary>
    /// Forgets a descriptor that is open in other processes too; for others closing it is enough.
    /// </summary>
    public unsafe void Unwatch(int descriptor)
    {
        _ = LibC.EpollControl(_epoll, LibC.EpollDelete, descriptor, null);
        ReactorTargets.Remove(descriptor);
    }

    /// <summary>Has work done on the reactor's thread, in order; from any thread.</summary>
    /// <param name="target">On whose behalf.</param>
    /// <param name="work">What is done.</param>
    public void Post(IReactorTarget target, IThreadPoolWorkItem work)
    {
        _posted.Enqueue(new Posted(target, work));

        // INVARIANT: the driver says that it sleeps, then looks at the queue; here it is the other way round.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) != 0 && Interlocked.Exchange(ref _isAsleep, 0) != 0)
            Wake();
    }

    /// <summary>Drives the reactor until the turn is lost.</summary>
    /// <param name="turn">0 for the first driver; later ones get theirs from <see cref="TryTakeOver"/>.</param>
    public void Drive(long turn)
    {
        while (true)
        {
            while (_next < _count)
            {
                Readiness readiness = _events.Get(_next++, out ulong token);
                if (ReactorTargets.Find(token) is { } target && !TryRun(turn, target, readiness, work: null))
                    return;
            }

            // What is posted meanwhile waits for the next round, so that no work that posts itself starves the events.
            for (int left = _posted.Count; left > 0 && _posted.TryDequeue(out Posted posted); left--)
            {
                if (!TryRun(turn, posted.Target, Readiness.None, posted.Work))
                    return;
            }

            _count = 0;
            _next = 0;
            _count = WaitForEvents();
            _spin.Came(_count);
        }
    }

    /// <summary>What the watch compares from one look to the next; null where no target's code runs.</summary>
    public uint? Observe() => (Volatile.Read(ref _turn) & InTarget) != 0 ? _targetCount : null;

    /// <summary>Takes the turn from a driver that is still in the code of a target.</summary>
    /// <param name="targetCount">What <see cref="Observe"/> has told.</param>
    /// <param name="target">Whose code it is in.</param>
    /// <returns>The turn of the next driver; null where the code has ended meanwhile.</returns>
    public long? TryTakeOver(uint targetCount, out IReactorTarget? target)
    {
        long turn = Volatile.Read(ref _turn);
        target = _target;
        if ((turn & InTarget) == 0 || _targetCount != targetCount)
            return null;

        // Between the look at the count and this exchange the target may have changed: then the turn goes over a little
        // early, which does no harm.
        long next = (turn & ~InTarget) + TurnStep;
        return Interlocked.CompareExchange(ref _turn, next, turn) == turn ? next : null;
    }

    /// <summary>Runs the code of a target.</summary>
    /// <returns>False where the turn was lost meanwhile.</returns>
    private bool TryRun(long turn, IReactorTarget target, Readiness readiness, IThreadPoolWorkItem? work)
    {
        _target = target;
        _targetCount++;
        Volatile.Write(ref _turn, turn | InTarget);
        if (work is null)
            target.OnReady(readiness);
        else
            work.Execute();
        return Interlocked.CompareExchange(ref _turn, turn, turn | InTarget) == (turn | InTarget);
    }

    private int WaitForEvents()
    {
        if (!_posted.IsEmpty)
            return Poll(0);

        long spinEnd = _spin.Begin();
        if (spinEnd != 0)
        {
            do
            {
                int count = Poll(0);
                if (count > 0 || !_posted.IsEmpty)
                {
                    _spin.Succeeded();
                    return count;
                }

                Thread.Yield();
            }
            while (Stopwatch.GetTimestamp() < spinEnd);
        }

        return Sleep();
    }

    private int Sleep()
    {
        _target = null;
        Interlocked.Exchange(ref _isAsleep, 1);
        int count;
        if (_posted.IsEmpty)
        {
            long start = Stopwatch.GetTimestamp();
            count = Poll(Infinite);
            _spin.Slept(Stopwatch.GetTimestamp() - start);
        }
        else
        {
            count = Poll(0);
        }

        Interlocked.Exchange(ref _isAsleep, 0);
        _watch.OnAwake();
        return count;
    }

    private unsafe int Poll(int milliseconds)
    {
        int count = LibC.EpollWait(_epoll, _events.Address, _events.CountMax, milliseconds);

        // Less than 0 for EINTR only: the arguments are ours.
        return Math.Max(count, 0);
    }

    private unsafe void Wake()
    {
        ulong one = 1;
        _ = LibC.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    private readonly record struct Posted(IReactorTarget Target, IThreadPoolWorkItem Work);

    /// <summary>Stands for the wake-up call, which is edge-triggered: nobody has to read it.</summary>
    private sealed class WakeTarget : IReactorTarget
    {
        public void OnReady(Readiness readiness)
        {
        }

        public void OnBlocking()
        {
        }
    }
}
