using Waymark.Isolation;

namespace Waymark.Background;

/// <summary>Runs a ticker in a child process, and starts it again where it ends when it should not.</summary>
internal sealed class ProcessTickerHost(string name, Ticker ticker, ITickHandler handler, TickerOptions options)
    : TickerHost(name)
{
    private readonly Lock _lock = new();

    // INVARIANT: under _lock; null where no child runs.
    private ChildProcess? _child;
    private bool _isAbandoned;

    public override string? ProcessKey => $"the ticker '{Name}'";

    public override async Task StartAsync(BackgroundContext context, CancellationToken stop)
    {
        ChildProcess child = await LaunchAsync(context, stop).ConfigureAwait(false);
        Ended = SuperviseAsync(child, context, stop);
    }

    public override Task<int>? RunAsChild(BackgroundContext context) =>
        ChildSide.Take(ProcessKey!) is { } child ? RunAsChildAsync(child, context) : null;

    public override void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            _child?.Kill();
        }
    }

    private async Task<int> RunAsChildAsync(ChildSide child, BackgroundContext context)
    {
        using IDisposable signals = child.HandleSignals();
        var local = new LocalTickerHost(Name, ticker, handler);
        try
        {
            await local.StartAsync(context, child.Stopping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            child.TellFailure(e);
            return 1;
        }

        child.TellReady();
        await local.Ended.ConfigureAwait(false);
        return 0;
    }

    private async Task<ChildProcess> LaunchAsync(BackgroundContext context, CancellationToken stop)
    {
        var order = new ChildOrder(ProcessKey!, "", [], options.Shared);
        ChildProcess child = await ChildProcess.StartAsync(order, context.Time, options.StartTimeout, stop)
            .ConfigureAwait(false);
        lock (_lock)
        {
            _child = child;
            if (_isAbandoned)
                child.Kill();
        }

        ProcessLog.ChildStarted(context.Logger, Name, child.Id);
        return child;
    }

    private async Task SuperviseAsync(ChildProcess first, BackgroundContext context, CancellationToken stop)
    {
        ChildProcess? child = first;
        int restartCount = 0;
        long since = context.Time.GetTimestamp();
        while (child is not null)
        {
            int exitCode = await WaitForEndAsync(child, stop).ConfigureAwait(false);
            child.Dispose();
            lock (_lock)
                _child = null;
            if (stop.IsCancellationRequested)
            {
                ProcessLog.ChildEnded(context.Logger, Name, child.Id, exitCode);
                return;
            }

            ProcessLog.ChildLost(context.Logger, Name, child.Id, exitCode);
            if (context.Time.GetElapsedTime(since) >= options.Restart.ResetAfter)
                restartCount = 0;
            (child, restartCount) = await RestartAsync(restartCount, context, stop).ConfigureAwait(false);
            since = context.Time.GetTimestamp();
        }
    }

    /// <summary>Starts it again, as often as the policy says.</summary>
    /// <returns>Null where that is over, or the server stops.</returns>
    private async Task<(ChildProcess? Child, int Count)> RestartAsync(
        int count, BackgroundContext context, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (count >= options.Restart.RestartsMax)
            {
                ProcessLog.ChildGivenUp(context.Logger, Name, count);
                break;
            }

            count++;
            TimeSpan delay = options.Restart.DelayBefore(count);
            try
            {
                await Task.Delay(delay, context.Time, stop).ConfigureAwait(false);
                return (await LaunchAsync(context, stop).ConfigureAwait(false), count);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                ProcessLog.RestartFailed(context.Logger, Name, count, e);
            }
        }

        return (null, count);
    }

    private static async Task<int> WaitForEndAsync(ChildProcess child, CancellationToken stop)
    {
        // The time is the server's matter: it abandons what does not end in it.
        await using CancellationTokenRegistration registration = stop.Register(
            static child => ((ChildProcess)child!).RequestStop(TimeSpan.FromDays(1)), child);
        return await child.Exited.ConfigureAwait(false);
    }
}
