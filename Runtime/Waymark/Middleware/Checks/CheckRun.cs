using Microsoft.Extensions.Logging;

namespace Waymark.Middleware.Checks;

/// <summary>What one check said.</summary>
internal sealed record CheckReport(string Name, string Status, Exception? Cause = null)
{
    public const string Well = "ok";
    public const string Failed = "failed";
    public const string TimedOut = "timed_out";

    public bool IsWell => Status == Well;
}

/// <summary>One check: runs it within its time, and logs where it begins or ceases to fail.</summary>
/// <remarks>Its runs do not overlap: <see cref="CheckRuns"/> begins one when the one before has reported.</remarks>
internal sealed class CheckRun(HealthCheck check, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan TimeoutByDefault = TimeSpan.FromSeconds(5);

    private Task<bool>? _pending;
    private bool _isFailing;

    public async Task<CheckReport> RunAsync()
    {
        CheckReport report = await AskAsync().ConfigureAwait(false);
        if (!report.IsWell && !_isFailing)
            MiddlewareLog.CheckFails(logger, report.Cause, report.Name, report.Status);
        else if (report.IsWell && _isFailing)
            MiddlewareLog.CheckRecovered(logger, report.Name);
        _isFailing = !report.IsWell;
        return report;
    }

    private async Task<CheckReport> AskAsync()
    {
        // What was left behind may hang for ever: a second one beside it would only hang as well.
        if (_pending is { IsCompleted: false })
            return new CheckReport(check.Name, CheckReport.TimedOut);
        TimeSpan timeout = check.Timeout ?? TimeoutByDefault;
        var late = new CancellationTokenSource();
        try
        {
            // On the pool, so that one that blocks holds up no other.
            _pending = Task.Run(() => check.Check(late.Token).AsTask(), CancellationToken.None);
            bool isWell = await _pending.WaitAsync(timeout, time).ConfigureAwait(false);
            return new CheckReport(check.Name, isWell ? CheckReport.Well : CheckReport.Failed);
        }
        catch (TimeoutException) when (_pending is { IsCompleted: false })
        {
            await CancelAsync(late).ConfigureAwait(false);
            return new CheckReport(check.Name, CheckReport.TimedOut);
        }
        catch (Exception exception)
        {
            return new CheckReport(check.Name, CheckReport.Failed, exception);
        }
    }

    private async Task CancelAsync(CancellationTokenSource late)
    {
        // Nobody awaits it any more, so what it throws now is looked at here.
        _ = _pending!.ContinueWith(
            static task => _ = task.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            await late.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            MiddlewareLog.CheckFails(logger, exception, check.Name, "a callback on its token failed");
        }
    }
}
