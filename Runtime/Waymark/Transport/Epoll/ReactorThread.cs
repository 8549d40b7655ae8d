using System.Diagnostics.CodeAnalysis;

namespace Waymark.Transport.Epoll;

/// <summary>A thread that drives a reactor, or waits until one needs it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An event without a wait handle holds nothing to dispose.")]
internal sealed class ReactorThread
{
    [ThreadStatic]
    private static bool _isCurrent;

    private readonly ReactorWatch _watch;
    private readonly ManualResetEventSlim _wanted = new(initialState: false, spinCount: 0);
    private Reactor? _reactor;
    private long _turn;
    private volatile int _threadId;
    private volatile int _driveCount;

    public ReactorThread(ReactorWatch watch)
    {
        _watch = watch;
        Start("Waymark reactor", Run);
    }

    /// <summary>True on a thread that drives a reactor: what runs long goes elsewhere.</summary>
    public static bool IsCurrent => _isCurrent;

    /// <summary>Starts a thread that does not keep the process from ending.</summary>
    public static void Start(string name, ThreadStart run)
    {
        var thread = new Thread(run) { IsBackground = true, Name = name };

        // What the starter has in its AsyncLocals is no business of whose events come here.
        thread.UnsafeStart();
    }

    /// <summary>Gives it a reactor to drive.</summary>
    public void Drive(Reactor reactor, long turn)
    {
        _reactor = reactor;
        _turn = turn;
        _wanted.Set();
    }

    /// <summary>Ends it, instead.</summary>
    public void End()
    {
        _reactor = null;
        _wanted.Set();
    }

    /// <summary>How many times it has come back from driving.</summary>
    public int DriveCount => _driveCount;

    /// <summary>How far it has come.</summary>
    public ThreadProgress ReadProgress() => ThreadProgress.Read(_threadId);

    /// <summary>
    /// True where it has waited for something or has computed since, and not only been kept from a processor.
    /// </summary>
    public bool IsOccupiedSince(ThreadProgress progress) => ThreadProgress.Read(_threadId).IsOccupiedSince(progress);

    private void Run()
    {
        _isCurrent = true;
        _threadId = ThreadProgress.CurrentThreadId();
        do
        {
            _wanted.Wait();
            _wanted.Reset();
            if (_reactor is null)
                return;
            _reactor.Drive(_turn);
            _driveCount++;
        }
        while (_watch.TryKeep(this));
    }
}
