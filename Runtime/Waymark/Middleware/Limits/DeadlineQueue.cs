using Waymark.Http;

namespace Waymark.Middleware;

/// <summary>The requests that are in one time limit, in the order that they end it.</summary>
/// <remarks>
/// All have the same time, so the one that came first ends first: a queue is sorted by construction, and one timer, set
/// to its head, does for all. It goes off once in the time of a limit at most, however many requests there are.
/// </remarks>
internal sealed class DeadlineQueue
{
    private readonly Lock _lock = new();
    private readonly ServerContext _server;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;

    // INVARIANT: under _lock; from _first on, DueAt never falls; _isSet while the timer will go off.
    private RequestDeadline? _first;
    private RequestDeadline? _last;
    private RequestDeadline? _free;
    private bool _isSet;

    public DeadlineQueue(TimeSpan timeout, ServerContext server)
    {
        _timeout = timeout;
        _server = server;
        _timer = server.TimeProvider.CreateTimer(
            static queue => ((DeadlineQueue)queue!).EndDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the time of a request.</summary>
    public RequestDeadline Begin(Exchange exchange)
    {
        long dueAt = _server.TimeProvider.GetTimestamp() + ToTimestamp(_timeout);
        RequestDeadline deadline;
        lock (_lock)
        {
            deadline = _free ?? new RequestDeadline();
            _free = deadline.Next;
            deadline.Next = null;
            deadline.Previous = _last;

            // Two threads may come to the lock in another order than they read the clock.
            deadline.DueAt = Math.Max(dueAt, _last?.DueAt ?? 0);
            if (_last is null)
                _first = deadline;
            else
                _last.Next = deadline;
            _last = deadline;
            if (!_isSet)
                Set(_timeout);
        }

        deadline.Outer = exchange.Deadline;
        exchange.Deadline = deadline;
        return deadline;
    }

    /// <summary>Ends it.</summary>
    public void End(Exchange exchange, RequestDeadline deadline)
    {
        exchange.Deadline = deadline.Outer;
        lock (_lock)
        {
            if (deadline.IsExpired)
                return;
            Remove(deadline);
        }

        // Not in the queue any more, so that it cannot expire.
        if (!deadline.TryReset())
            return;
        lock (_lock)
        {
            deadline.Next = _free;
            _free = deadline;
        }
    }

    private void EndDue()
    {
        long now = _server.TimeProvider.GetTimestamp();
        lock (_lock)
        {
            while (_first is { } due && due.DueAt <= now)
            {
                Remove(due);
                if (due.Expire() is { } cancelling)
                    _ = AwaitAsync(cancelling);
            }

            _isSet = false;
            if (_first is not null)
                Set(_server.TimeProvider.GetElapsedTime(now, _first.DueAt));
        }
    }

    private async Task AwaitAsync(Task cancelling)
    {
        try
        {
            await cancelling.ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            MiddlewareLog.CancellationFailed(_server.Logger, exception);
        }
    }

    private void Set(TimeSpan due)
    {
        // A timer counts whole milliseconds: rounded up, or it goes off before the time.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        _isSet = true;
    }

    private void Remove(RequestDeadline deadline)
    {
        if (deadline.Previous is null)
            _first = deadline.Next;
        else
            deadline.Previous.Next = deadline.Next;
        if (deadline.Next is null)
            _last = deadline.Previous;
        else
            deadline.Next.Previous = deadline.Previous;
        deadline.Previous = deadline.Next = null;
    }

    private long ToTimestamp(TimeSpan time) =>
        (long)(time.TotalSeconds * _server.TimeProvider.TimestampFrequency);
}
