using Waymark.Background;

namespace Waymark;

/// <content>What the server does by the clock.</content>
public sealed partial class HttpServer
{
    /// <summary>Runs a ticker with the server: from before it listens until it stops.</summary>
    /// <remarks>
    /// <see cref="ITickHandler.StartAsync"/> is awaited before anything listens, and where it throws nothing does. A
    /// first tick that comes at the start has begun before then, and has ended where it does not await. A tick that
    /// throws is logged (event 1600), and the next one comes in its time. At the first step of a stop the token of the
    /// ticks is cancelled; a tick that is at work may still end within the drain time, and <see
    /// cref="ITickHandler.StopAsync"/> follows. One that has not ended by then is logged (1603) and left behind, and
    /// <see cref="RunAsync"/> returns 1.
    /// <para>The clock is the ticker's own, or <see cref="ServerOptions.TimeProvider"/> where it has none.</para>
    /// </remarks>
    /// <param name="ticker">When it ticks. A server needs one of its own for each handler.</param>
    /// <param name="handler">What is called.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="ticker"/> or <paramref name="handler"/> is null.
    /// </exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    /// <example>
    /// <code>
    /// server.AddTicker(new Ticker(TimeSpan.FromMinutes(5)), async (number, stop) => await cache.RefreshAsync(stop));
    /// </code>
    /// </example>
    public HttpServer AddTicker(Ticker ticker, ITickHandler handler, TickerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ticker);
        ArgumentNullException.ThrowIfNull(handler);
        return AddTicker(ticker, handler, options, handler.GetType().Name);
    }

    /// <summary>As <see cref="AddTicker(Ticker, ITickHandler, TickerOptions?)"/>, with nothing but the tick.</summary>
    /// <param name="ticker">When it ticks. A server needs one of its own for each.</param>
    /// <param name="tick">Gets the number of the tick, from 0 on, and a token that a stop cancels.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="ticker"/> or <paramref name="tick"/> is null.
    /// </exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    public HttpServer AddTicker(
        Ticker ticker, Func<long, CancellationToken, ValueTask> tick, TickerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ticker);
        ArgumentNullException.ThrowIfNull(tick);
        return AddTicker(ticker, new DelegateTickHandler(tick), options, name: null);
    }

    private HttpServer AddTicker(Ticker ticker, ITickHandler handler, TickerOptions? options, string? name)
    {
        lock (_lock)
        {
            ThrowIfStarted("A ticker is added");
            var set = (TickerSet)(_background ??= new TickerSet());
            set.Add(new LocalTickerHost(options?.Name ?? name ?? $"ticker {set.Count + 1}", ticker, handler));
            return this;
        }
    }
}
