using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Http.Parsing;

namespace Waymark.Http;

/// <summary>Lets so many requests in at once, has some wait for their turn, and answers the rest 503.</summary>
/// <remarks>
/// <code>
/// request --(place free, nobody waits)--> handled --> its place goes to the first who waits
///    |----(room in the queue)--> waits --(its turn)--> handled
///    |                             +----(waited too long, or the server gives up)--> 503
///    +----(queue full)--> 503
/// </code>
/// It is a handler around all others and not a part of the connection's loop: the answer goes the way of every answer,
/// so that HEAD, Connection and an unread body are right by construction, and a server without a limit does not have
/// it at all. It stands outside of the middleware, since what it refuses must cost nothing.
/// <para>
/// The free places are one counter, taken and given back by an interlocked operation each, which is all that a request
/// costs while nobody waits. Who waits stands in a queue under a lock; nobody overtakes it. No wake-up is lost: who
/// begins to wait raises <see cref="_waitingCount"/> and then looks for a free place, who leaves frees the place and
/// then looks at the count, so that one of the two sees the other. All wait equally long at most, so that one timer for
/// the head of the queue is enough.
/// </para>
/// </remarks>
internal sealed class RequestGate
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(1);

    private readonly Handler _inner;
    private readonly int _queueMax;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // Under _lock, with those that have given up until they reach its head.
    private readonly Queue<Waiter> _queue = new();
    private ITimer? _timer;
    private bool _isTimerSet;
    private long _loggedAt;
    private long _unloggedCount;

    private int _freeCount;

    // Written under _lock, read by everybody: who in _queue still waits.
    private int _waitingCount;

    /// <param name="inner">Handles what is let in.</param>
    /// <param name="placeCount">How many at once; at least 1.</param>
    /// <param name="queueMax">How many may wait.</param>
    /// <param name="timeout">How long each of them may.</param>
    /// <param name="time">What that is told by.</param>
    /// <param name="logger">Gets a warning at most once a second where requests are refused.</param>
    public RequestGate(
        Handler inner, int placeCount, int queueMax, TimeSpan timeout, TimeProvider time, ILogger logger)
    {
        _inner = inner;
        _freeCount = placeCount;
        _queueMax = queueMax;
        _timeout = timeout;
        _time = time;
        _logger = logger;
    }

    /// <summary>Handles a request, perhaps later, or answers 503.</summary>
    public ValueTask HandleAsync(Exchange exchange) =>
        Volatile.Read(ref _waitingCount) == 0 && TryTakePlace() ? PassAsync(exchange) : QueueAsync(exchange);

    private ValueTask PassAsync(Exchange exchange)
    {
        ValueTask handling;
        try
        {
            handling = _inner(exchange);
        }
        catch
        {
            Leave();
            throw;
        }

        if (!handling.IsCompletedSuccessfully)
            return FinishAsync(handling);
        Leave();
        return handling;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(ValueTask handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private ValueTask QueueAsync(Exchange exchange)
    {
        // A waiter costs allocations; so does every request that waits, none that is refused at once.
        if (Volatile.Read(ref _waitingCount) < _queueMax && TryEnqueue() is { } waiter)
            return WaitAsync(waiter, exchange);
        Refuse(exchange);
        return ValueTask.CompletedTask;
    }

    private async ValueTask WaitAsync(Waiter waiter, Exchange exchange)
    {
        bool isLetIn;
        using (exchange.RequestAborted.UnsafeRegister(static waiter => ((Waiter)waiter!).GiveUp(), waiter))
            isLetIn = await waiter.Task.ConfigureAwait(false);

        if (isLetIn)
            await PassAsync(exchange).ConfigureAwait(false);
        else
            Refuse(exchange);
    }

    private bool TryTakePlace()
    {
        int free = Volatile.Read(ref _freeCount);
        while (free > 0)
        {
            int seen = Interlocked.CompareExchange(ref _freeCount, free - 1, free);
            if (seen == free)
                return true;
            free = seen;
        }

        return false;
    }

    private void Leave()
    {
        Interlocked.Increment(ref _freeCount);
        if (Volatile.Read(ref _waitingCount) > 0)
            LetIn();
    }

    private Waiter? TryEnqueue()
    {
        var waiter = new Waiter(this, _time.GetTimestamp());
        lock (_lock)
        {
            if (_waitingCount >= _queueMax)
                return null;
            _queue.Enqueue(waiter);
            Interlocked.Increment(ref _waitingCount);
            SetTimer();
        }

        // A place may have come free before the count was raised: then nobody else would see it.
        LetIn();
        return waiter;
    }

    /// <summary>Gives free places to the first who wait.</summary>
    private void LetIn()
    {
        lock (_lock)
        {
            while (_waitingCount > 0 && TryTakePlace())
            {
                Waiter waiter = _queue.Dequeue();
                while (!waiter.IsWaiting)
                    waiter = _queue.Dequeue();
                End(waiter, isLetIn: true);
            }
        }
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.IsWaiting)
                End(waiter, isLetIn: false);
        }
    }

    private void EndOverdue()
    {
        lock (_lock)
        {
            _isTimerSet = false;
            while (_queue.TryPeek(out Waiter? first)
                && (!first.IsWaiting || _time.GetElapsedTime(first.Since) >= _timeout))
            {
                _queue.Dequeue();
                if (first.IsWaiting)
                    End(first, isLetIn: false);
            }

            SetTimer();
        }
    }

    private void End(Waiter waiter, bool isLetIn)
    {
        Debug.Assert(waiter.IsWaiting && _lock.IsHeldByCurrentThread);
        waiter.IsWaiting = false;
        Interlocked.Decrement(ref _waitingCount);
        waiter.End(isLetIn);
    }

    /// <summary>Sets the timer for the head of the queue, unless it is set, or nobody waits.</summary>
    private void SetTimer()
    {
        if (_isTimerSet || !_queue.TryPeek(out Waiter? first))
            return;
        if (_timer is null)
        {
            using (ExecutionContext.SuppressFlow())
            {
                _timer = _time.CreateTimer(static gate => ((RequestGate)gate!).EndOverdue(), this,
                    Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        // Rounded up to what timers know, so that it does not come a moment too early and then again.
        TimeSpan left = _timeout - _time.GetElapsedTime(first.Since);
        _isTimerSet = true;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds))),
            Timeout.InfiniteTimeSpan);
    }

    private void Refuse(Exchange exchange)
    {
        Response response = exchange.Response;
        response.StatusCode = 503;
        response.Headers.Set("Retry-After"u8, "1"u8);
        response.SetContentType("application/problem+json"u8);
        response.Write(Refusals.BusyBody);
        LogRefusal();
    }

    private void LogRefusal()
    {
        long count;
        lock (_lock)
        {
            _unloggedCount++;
            if (_loggedAt != 0 && _time.GetElapsedTime(_loggedAt) < LogPeriod)
                return;
            _loggedAt = Math.Max(1, _time.GetTimestamp());
            count = _unloggedCount;
            _unloggedCount = 0;
        }

        HttpLog.RequestsOverLimit(_logger, count);
    }

    /// <summary>A request that waits; ends with true where it is its turn.</summary>
    private sealed class Waiter(RequestGate gate, long since)
        : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Since => since;

        // INVARIANT: under the gate's lock.
        public bool IsWaiting { get; set; } = true;

        public void End(bool isLetIn) => SetResult(isLetIn);

        public void GiveUp() => gate.GiveUp(this);
    }
}
