using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Waymark.Connections;
using Waymark.Transport;

namespace Waymark.Streams;

/// <summary>How a wait for the network has ended.</summary>
internal enum ReceiveOutcome
{
    /// <summary>The receive has ended: <see cref="PendingReceive.Take"/> tells how.</summary>
    Received,

    /// <summary>The time was over first; the receive goes on.</summary>
    TimedOut,

    /// <summary>The token was cancelled first; the receive goes on.</summary>
    Cancelled,

    /// <summary>This side has closed the connection; the receive goes on.</summary>
    Closed,
}

/// <summary>A receive that outlives whoever waits for it: after a timeout the next wait goes on with it.</summary>
/// <remarks>
/// <code>
/// Idle --(begun)--> Awaited --(received)--> Idle
///                    ^   |
///        (next wait) |   | (time, token, close)
///                    |   v
///                    Left --(received)--> Done --(next wait)--> Idle
/// </code>
/// One for each connection, used again for every wait: it allocates nothing, and a timer only where a wait has a limit.
/// That timer is not moved for every wait: it finds out when it fires that there is time left.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "End gives the timer back.")]
internal sealed class PendingReceive : IValueTaskSource<ReceiveOutcome>
{
    private const long Idle = 0;
    private const long Awaited = 1;
    private const long Left = 2;
    private const long Done = 3;
    private const long StateMask = 3;
    private const int StateBits = 2;
    private const long Never = long.MaxValue;

    private readonly Connection _connection;
    private readonly TimeProvider _time;
    private readonly Action _onReceived;
    private readonly Lock _timerLock = new();
    private ManualResetValueTaskSourceCore<ReceiveOutcome> _core;
    private ValueTaskAwaiter<int> _receiving;

    // The number of the wait, and the state in the lowest two bits: what came too late for one wait cannot end another.
    private long _word;

    // INVARIANT: the next four under _timerLock.
    private ITimer? _timer;
    private long _deadline = Never;
    private long _deadlineOf;
    private long _firesAt = Never;

    private CancellationTokenRegistration _registration;
    private int _count;
    private Exception? _failure;

    public PendingReceive(Connection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        _onReceived = OnReceived;
    }

    /// <summary>True where a receive has begun that nobody has taken yet: its buffer is still written to.</summary>
    public bool IsPending => (Volatile.Read(ref _word) & StateMask) != Idle;

    /// <summary>Waits until something has come, by a receive that has begun before or that begins now.</summary>
    /// <param name="buffer">Where a new receive puts it.</param>
    /// <param name="timeout">For how long; infinite for ever, 0 not at all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    [SuppressMessage("Reliability", "CA2012", Justification = "The awaiter is kept, and its result taken once.")]
    public ValueTask<ReceiveOutcome> WaitAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation)
    {
        long word = Volatile.Read(ref _word);
        Debug.Assert((word & StateMask) != Awaited, "One wait at a time.");
        if ((word & StateMask) == Done)
            return new ValueTask<ReceiveOutcome>(ReceiveOutcome.Received);

        long wait = (word >> StateBits) + 1;
        bool isNew = (word & StateMask) == Idle;
        if (isNew)
        {
            _receiving = _connection.ReceiveAsync(buffer).GetAwaiter();
            if (_receiving.IsCompleted)
            {
                KeepResult();
                Volatile.Write(ref _word, (wait << StateBits) | Done);
                return new ValueTask<ReceiveOutcome>(ReceiveOutcome.Received);
            }
        }

        if (timeout == TimeSpan.Zero)
        {
            if (isNew)
            {
                Volatile.Write(ref _word, (wait << StateBits) | Left);
                _receiving.UnsafeOnCompleted(_onReceived);
            }

            return new ValueTask<ReceiveOutcome>(ReceiveOutcome.TimedOut);
        }

        _core.Reset();
        short version = _core.Version;
        if (isNew)
        {
            Volatile.Write(ref _word, (wait << StateBits) | Awaited);
            _receiving.UnsafeOnCompleted(_onReceived);
        }
        else if (Interlocked.CompareExchange(ref _word, (wait << StateBits) | Awaited, word) != word)
        {
            return new ValueTask<ReceiveOutcome>(ReceiveOutcome.Received);
        }

        if (timeout != Timeout.InfiniteTimeSpan)
            SetDeadline(timeout, wait);
        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(
                static self => ((PendingReceive)self!).TryEnd(ReceiveOutcome.Cancelled), this);
        }

        return new ValueTask<ReceiveOutcome>(this, version);
    }

    /// <summary>Takes what a wait that ended with <see cref="ReceiveOutcome.Received"/> has brought.</summary>
    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="IOException">The connection was reset or aborted.</exception>
    public int Take()
    {
        long word = Volatile.Read(ref _word);
        if ((word & StateMask) == Done)
            Volatile.Write(ref _word, word & ~StateMask);
        if (_failure is not { } failure)
            return _count;
        _failure = null;
        throw new ConnectionLostException(failure.Message, failure);
    }

    /// <summary>Ends the wait that there may be, from any thread; the receive goes on.</summary>
    public void TryEnd(ReceiveOutcome outcome) => TryEnd(outcome, Volatile.Read(ref _word) >> StateBits);

    /// <summary>Gives the timer back. There is no wait any more.</summary>
    public void End()
    {
        lock (_timerLock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    ReceiveOutcome IValueTaskSource<ReceiveOutcome>.GetResult(short token)
    {
        ReceiveOutcome outcome = _core.GetResult(token);

        // Waits for a callback that runs: it must not meet the next wait.
        _registration.Dispose();
        _registration = default;
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<ReceiveOutcome>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ReceiveOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void TryEnd(ReceiveOutcome outcome, long wait)
    {
        long expected = (wait << StateBits) | Awaited;
        if (Interlocked.CompareExchange(ref _word, (wait << StateBits) | Left, expected) == expected)
            _core.SetResult(outcome);
    }

    private void OnReceived()
    {
        KeepResult();
        while (true)
        {
            long word = Volatile.Read(ref _word);
            bool isAwaited = (word & StateMask) == Awaited;
            if (Interlocked.CompareExchange(ref _word, isAwaited ? word & ~StateMask : word | Done, word) != word)
                continue;
            if (isAwaited)
                _core.SetResult(ReceiveOutcome.Received);
            return;
        }
    }

    private void KeepResult()
    {
        try
        {
            _count = _receiving.GetResult();
        }
        catch (Exception e)
        {
            _failure = e;
        }

        _receiving = default;
    }

    private void SetDeadline(TimeSpan timeout, long wait)
    {
        lock (_timerLock)
        {
            _deadline = _time.GetTimestamp() + Timestamps.FromTimeSpan(_time, timeout);
            _deadlineOf = wait;
            if (_firesAt <= _deadline)
                return;
            _firesAt = _deadline;
            if (_timer is null)
            {
                using (ExecutionContext.SuppressFlow())
                {
                    _timer = _time.CreateTimer(
                        static self => ((PendingReceive)self!).OnTimer(), this, timeout, Timeout.InfiniteTimeSpan);
                }
            }
            else
            {
                _timer.Change(timeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnTimer()
    {
        long wait;
        lock (_timerLock)
        {
            wait = _deadlineOf;
            TimeSpan left = _time.GetElapsedTime(_time.GetTimestamp(), _deadline);
            if (left > TimeSpan.Zero)
            {
                // Rounded up, so that it does not fire a moment too early again and again.
                _firesAt = _deadline;
                left = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                _timer?.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _firesAt = Never;
        }

        TryEnd(ReceiveOutcome.TimedOut, wait);
    }
}
