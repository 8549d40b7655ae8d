using System.Diagnostics.CodeAnalysis;

namespace Waymark.Background;

/// <summary>The tickers of a server.</summary>
/// <remarks>
/// They start one after the other, since a later one may need what an earlier one made, and stop all at once: each is
/// cancelled, and has the drain time of the server for its last tick.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Ticks may hold the token longer than the server lives; a source "
    + "without timer or wait handle holds nothing that needs disposing.")]
internal sealed class TickerSet : BackgroundWork
{
    // Tells whether code runs on behalf of one of a set's tickers.
    private static readonly AsyncLocal<TickerSet?> Current = new();

    private readonly Lock _lock = new();
    private readonly List<TickerHost> _hosts = [];

    // INVARIANT: under _lock; anew for each start.
    private CancellationTokenSource _stop = new();
    private CancellationTokenSource _hurry = new();
    private BackgroundContext? _context;
    private Task _starting = Task.CompletedTask;
    private Task<int>? _stopping;

    public override bool IsInside => ReferenceEquals(Current.Value, this);

    /// <summary>How many tickers there are.</summary>
    public int Count => _hosts.Count;

    /// <summary>Adds a ticker; before the start.</summary>
    /// <exception cref="InvalidOperationException">Another one with a process of its own has its name.</exception>
    public void Add(TickerHost host)
    {
        if (host.ProcessKey is { } key && _hosts.Exists(other => other.ProcessKey == key))
            throw new InvalidOperationException($"Two tickers with processes of their own are called '{host.Name}'.");
        _hosts.Add(host);
    }

    public override Task<int>? RunAsChild(BackgroundContext context)
    {
        foreach (TickerHost host in _hosts)
        {
            if (host.RunAsChild(context) is { } run)
                return run;
        }

        return null;
    }

    public override async Task StartAsync(BackgroundContext context)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            (_stop, _hurry, _context, _stopping) = (new(), new(), context, null);
            _starting = started.Task;
        }

        try
        {
            await StartAllAsync(context, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            started.SetResult();
        }
    }

    public override async Task<int> StopAsync(TimeSpan drainTimeout)
    {
        Task<int> stopping;
        BackgroundContext? context;
        bool isFirst;
        lock (_lock)
        {
            context = _context;
            if (context is null)
                return 0;

            isFirst = _stopping is null;
            stopping = _stopping ??= Task.Run(() => StopAllAsync(context, drainTimeout));
        }

        if (!isFirst && !await EndsWithinAsync(stopping, drainTimeout, context, default).ConfigureAwait(false))
            await _hurry.CancelAsync().ConfigureAwait(false);

        return await stopping.ConfigureAwait(false);
    }

    private async Task StartAllAsync(BackgroundContext context, CancellationToken stop)
    {
        // Flows into what the tickers call, and ends with this method.
        Current.Value = this;
        string name = "";
        try
        {
            foreach (TickerHost host in _hosts)
            {
                name = host.Name;
                await host.StartAsync(context, stop).ConfigureAwait(false);
            }

            stop.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            await UndoAsync(context).ConfigureAwait(false);
            if (e is OperationCanceledException && stop.IsCancellationRequested && e is not ServerException)
                throw;
            throw new ServerStartupException($"Ticker startup failed: {name}: {e.Message}", e);
        }
    }

    /// <summary>Ends those that had started, by force where they do not end in time.</summary>
    private async Task UndoAsync(BackgroundContext context)
    {
        // Not awaited: see StopAllAsync.
        _ = CancelAsync(context);
        Task end = Task.WhenAll(_hosts.ConvertAll(host => host.Ended));
        Task<int>? stopping;
        lock (_lock)
            stopping = _stopping;
        if (stopping is not null)
        {
            // The time is the stop's, and so is what is left behind. It waits for the start, but not for longer.
            await Task.WhenAny(end, stopping).ConfigureAwait(false);
            return;
        }

        if (!await EndsWithinAsync(end, context.DrainTimeout, context, _hurry.Token).ConfigureAwait(false))
            LeaveBehind(context, context.DrainTimeout);

        // Nothing is left that a stop could wait for, unless it waits already.
        lock (_lock)
        {
            if (_stopping is null)
                _context = null;
        }
    }

    private async Task<int> StopAllAsync(BackgroundContext context, TimeSpan drainTimeout)
    {
        // Not awaited: a callback on the token that blocks must not keep the rest from being waited for in time.
        _ = CancelAsync(context);
        Task end = EndAsync();
        return await EndsWithinAsync(end, drainTimeout, context, _hurry.Token).ConfigureAwait(false)
            ? 0 : LeaveBehind(context, drainTimeout);
    }

    /// <summary>Ends by force what can be, and tells what has not ended.</summary>
    /// <returns>How many have not ended.</returns>
    private int LeaveBehind(BackgroundContext context, TimeSpan drainTimeout)
    {
        int count = 0;
        foreach (TickerHost host in _hosts)
        {
            if (host.Ended.IsCompleted)
                continue;
            count++;
            TickerLog.TickerLeftBehind(context.Logger, host.Name, drainTimeout);
            host.Abandon();
        }

        return count;
    }

    private async Task EndAsync()
    {
        await _starting.ConfigureAwait(false);
        foreach (TickerHost host in _hosts)
            await host.Ended.ConfigureAwait(false);
    }

    private async Task CancelAsync(BackgroundContext context)
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            TickerLog.CancellationFailed(context.Logger, string.Join(", ", _hosts.ConvertAll(host => host.Name)), e);
        }
    }

    private static async Task<bool> EndsWithinAsync(
        Task task, TimeSpan limit, BackgroundContext context, CancellationToken hurry)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        await Task.WhenAny(task, Task.Delay(limit, context.Time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        return task.IsCompleted;
    }
}
