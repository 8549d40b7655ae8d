namespace Waymark.Background;

/// <summary>Runs a ticker in the server's own process.</summary>
internal sealed class LocalTickerHost(string name, Ticker ticker, ITickHandler handler) : TickerHost(name)
{
    public override async Task StartAsync(BackgroundContext context, CancellationToken stop)
    {
        TimeProvider clock = ticker.Time ?? context.Time;
        ticker.Enter(TickerUse.Server, clock, stop);
        try
        {
            await handler.StartAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            ticker.Leave();
            throw;
        }

        TickerLog.TickerStarted(context.Logger, Name);
        Ended = TickToEndAsync(context, clock, stop);
    }

    private async Task TickToEndAsync(BackgroundContext context, TimeProvider clock, CancellationToken stop)
    {
        await ticker.TickAsync(handler, clock, ticker.Logger ?? context.Logger, Name, stop).ConfigureAwait(false);
        try
        {
            await handler.StopAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            TickerLog.TickerEndFailed(context.Logger, Name, e);
        }

        ticker.Leave();
        TickerLog.TickerEnded(context.Logger, Name);
    }
}
