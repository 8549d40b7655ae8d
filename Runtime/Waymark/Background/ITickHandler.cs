namespace Waymark;

/// <summary>What a <see cref="Ticker"/> calls: before the first tick, at each, and after the last.</summary>
/// <remarks>The calls follow one another; no two run at once.</remarks>
public interface ITickHandler
{
    /// <summary>Called once before the first tick; on a server, before anything listens.</summary>
    /// <remarks>What it throws ends the start, and then neither a tick nor <see cref="StopAsync"/> follows.</remarks>
    /// <param name="stop">Cancelled where the ticker is to stop while it starts.</param>
    public ValueTask StartAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>The tick.</summary>
    /// <param name="number">0 for the first tick since the start, then one more each time.</param>
    /// <param name="stop">Cancelled when the ticker is to stop: this tick is the last and may still end its
    /// work.</param>
    public ValueTask TickAsync(long number, CancellationToken stop);

    /// <summary>Called once after the last tick has ended, also where no tick came.</summary>
    public ValueTask StopAsync() => ValueTask.CompletedTask;
}
