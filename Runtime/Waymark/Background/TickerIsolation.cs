using Waymark.Background;

namespace Waymark;

/// <summary>Where a ticker runs.</summary>
public abstract class TickerIsolation
{
    private protected TickerIsolation()
    {
    }

    /// <summary>
    /// In a child process of its own, which runs this program once more: a tick that crashes, leaks or takes all of a
    /// processor does not harm the server. Linux only.
    /// </summary>
    /// <remarks>
    /// The program runs in the child as in the parent up to <c>HttpServer.RunAsync</c> or <c>StartAsync</c>, which
    /// there runs this ticker and nothing else: so what stands before it runs twice. Neither returns in the child
    /// before its end; <c>StartAsync</c> then ends the process. Parent and child share <see
    /// cref="TickerOptions.Shared"/>. They end together: the child is gone within a second of a parent that was killed,
    /// and a child that ends is started again (<see cref="TickerOptions.Restart"/>), its ticks counted from 0.
    /// </remarks>
    public static TickerIsolation Process { get; } = new ProcessIsolation();

    internal abstract TickerHost CreateHost(string name, Ticker ticker, ITickHandler handler, TickerOptions options);

    // A host is made here only, so that a program without isolated tickers carries nothing of child processes.
    private sealed class ProcessIsolation : TickerIsolation
    {
        internal override TickerHost CreateHost(
            string name, Ticker ticker, ITickHandler handler, TickerOptions options) =>
            new ProcessTickerHost(name, ticker, handler, options);
    }
}
