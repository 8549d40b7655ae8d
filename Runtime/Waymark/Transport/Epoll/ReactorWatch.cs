using System.Diagnostics.CodeAnalysis;

namespace Waymark.Transport.Epoll;

/// <summary>Looks whether reactors get on, and gives those that do not to another thread.</summary>
/// <remarks>
/// Its thread looks every two milliseconds while a reactor is awake, and rests while all of them sleep. A target whose
/// code runs at three looks in a row keeps the reactor's thread: the reactor goes on with a spare one, as Go's
/// scheduler takes the processor from a thread in a system call. That is cheap, and so is done at once, even where the
/// thread was only kept from a processor. Whose code is still there ten looks later is told that it blocks.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Reactors live as long as the process.")]
internal sealed class ReactorWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private const int LooksMax = 3;
    private const int BlockedLooks = 10;
    private const int RestAfter = 8;

    // Code that blocks for ever on every thread that it gets must not take all memory for stacks.
    private const int ThreadsMax = 64;
    private const int SpareMax = 2;

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _awake = new(initialState: false, spinCount: 0);
    private readonly ManualResetEventSlim _never = new(initialState: false, spinCount: 0);
    private readonly Stack<ReactorThread> _spare = new();
    private Reactor[] _reactors = [];
    private readonly List<Displaced> _displaced = [];
    private Look[] _looks = [];
    private int _isResting;
    private int _threadCount;

    /// <summary>Starts to drive reactors and to look after them. Once.</summary>
    public void Start(Reactor[] reactors)
    {
        _reactors = reactors;
        _looks = new Look[reactors.Length];
        for (int i = 0; i < reactors.Length; i++)
        {
            _looks[i].Driver = TakeThread()!;
            _looks[i].Driver.Drive(reactors[i], turn: 0);
        }

        ReactorThread.Start("Waymark reactor watch", Run);
    }

    /// <summary>A reactor has events.</summary>
    public void OnAwake()
    {
        if (Volatile.Read(ref _isResting) != 0 && Interlocked.Exchange(ref _isResting, 0) != 0)
            _awake.Set();
    }

    /// <summary>A thread has lost its turn, and is done with what it was doing.</summary>
    /// <returns>False where the thread is not needed any more.</returns>
    public bool TryKeep(ReactorThread thread)
    {
        lock (_lock)
        {
            if (_spare.Count < SpareMax)
            {
                _spare.Push(thread);
                return true;
            }

            _threadCount--;
            return false;
        }
    }

    private void Run()
    {
        int quiet = 0;
        while (true)
        {
            // Nobody sets this event: it is a sleep that a thread pool knows nothing of.
            _never.Wait(Period);
            LookAtDisplaced();
            quiet = LookAtAll() || _displaced.Count > 0 ? 0 : quiet + 1;
            if (quiet < RestAfter)
                continue;

            quiet = 0;
            _awake.Reset();
            Interlocked.Exchange(ref _isResting, 1);

            // INVARIANT: a reactor wakes, then looks whether we rest; here it is the other way round.
            if (!AllAsleep() && Interlocked.Exchange(ref _isResting, 0) != 0)
                continue;
            _awake.Wait();
        }
    }

    private bool AllAsleep()
    {
        foreach (Reactor reactor in _reactors)
        {
            if (!reactor.IsAsleep)
                return false;
        }

        return true;
    }

    /// <summary>Looks once.</summary>
    /// <returns>False where all reactors sleep.</returns>
    private bool LookAtAll()
    {
        bool isAwake = false;
        for (int i = 0; i < _reactors.Length; i++)
        {
            Reactor reactor = _reactors[i];
            isAwake |= !reactor.IsAsleep;
            if (reactor.Observe() is not { } targetCount)
            {
                _looks[i].Count = 0;
                continue;
            }

            if (_looks[i].Count == 0 || _looks[i].TargetCount != targetCount)
            {
                _looks[i].TargetCount = targetCount;
                _looks[i].Count = 1;
            }
            else if (++_looks[i].Count >= LooksMax)
            {
                TakeOver(reactor, ref _looks[i]);
            }
        }

        return isAwake;
    }

    private void TakeOver(Reactor reactor, ref Look look)
    {
        ReactorThread? next = TakeThread();
        if (next is null)
            return;

        long? turn = reactor.TryTakeOver(look.TargetCount, out IReactorTarget? target);
        look.Count = 0;
        if (turn is null)
        {
            if (!TryKeep(next))
                next.End();
            return;
        }

        if (target is not null)
            _displaced.Add(new Displaced(look.Driver, target, look.Driver.DriveCount, look.Driver.ReadProgress()));
        look.Driver = next;
        next.Drive(reactor, turn.Value);
    }

    /// <summary>Tells those who are still in the code that has cost them their turn.</summary>
    private void LookAtDisplaced()
    {
        for (int i = _displaced.Count - 1; i >= 0; i--)
        {
            Displaced displaced = _displaced[i] with { Looks = _displaced[i].Looks + 1 };
            _displaced[i] = displaced;
            bool hasReturned = displaced.Thread.DriveCount != displaced.DriveCount;
            if (!hasReturned && displaced.Looks < BlockedLooks)
                continue;
            _displaced.RemoveAt(i);
            if (!hasReturned && displaced.Thread.IsOccupiedSince(displaced.Progress))
                displaced.Target.OnBlocking();
        }
    }

    private ReactorThread? TakeThread()
    {
        lock (_lock)
        {
            if (_spare.TryPop(out ReactorThread? thread))
                return thread;
            if (_threadCount >= ThreadsMax + _reactors.Length)
                return null;
            _threadCount++;
            return new ReactorThread(this);
        }
    }

    /// <summary>A thread that has lost its turn in a target's code.</summary>
    private readonly record struct Displaced(
        ReactorThread Thread, IReactorTarget Target, int DriveCount, ThreadProgress Progress, int Looks = 0);

    private struct Look
    {
        public ReactorThread Driver;
        public uint TargetCount;
        public int Count;
    }
}
