using Waymark.Background;
using Waymark.Middleware.Metering;

namespace Waymark;

/// <summary>What can be asked of any server before it starts.</summary>
public static class NetworkServerExtensions
{
    /// <summary>Runs another server with this one: they start together or not at all, and stop together.</summary>
    /// <remarks>
    /// The other one is bound and started when this one is, and never on its own; signals, <see
    /// cref="NetworkServer.RunAsync"/> and <see cref="NetworkServer.StopAsync"/> of this one count for both, and the
    /// exit code is 0 only where both ended well. A stop drains both at once.
    /// </remarks>
    /// <param name="server">The server that is started.</param>
    /// <param name="other">The one that goes with it.</param>
    /// <param name="addresses">What the other one listens on; none where it is bound.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server that is started.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The server has been started, or is the other one.</exception>
    /// <example>
    /// <code>
    /// var http = new HttpServer(Routes.Table);
    /// var tcp = TcpServer.Create(new LineProtocol(), new Echo());
    /// return await http.AddServer(tcp, "tcp://localhost:7000").RunAsync("http://localhost:8080");
    /// </code>
    /// </example>
    public static TServer AddServer<TServer>(this TServer server, NetworkServer other, params string[] addresses)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(addresses);
        server.AddCompanion(other, addresses);
        return server;
    }

    /// <summary>Runs a ticker with the server: from before it listens until it stops.</summary>
    /// <remarks>
    /// <see cref="ITickHandler.StartAsync"/> is awaited before anything listens, and where it throws nothing does. A
    /// first tick that comes at the start has begun before then, and has ended where it does not await. A tick that
    /// throws is logged (event 1600), and the next one comes in its time. At the first step of a stop the token of the
    /// ticks is cancelled; a tick that is at work may still end within the drain time, and <see
    /// cref="ITickHandler.StopAsync"/> follows. One that has not ended by then is logged (1603) and left behind, and
    /// <see cref="NetworkServer.RunAsync"/> returns 1.
    /// <para>The clock is the ticker's own, or <see cref="NetworkServerOptions.TimeProvider"/> where it has
    /// none.</para>
    /// </remarks>
    /// <param name="server">The server.</param>
    /// <param name="ticker">When it ticks. A server needs one of its own for each handler.</param>
    /// <param name="handler">What is called.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">
    /// The server, <paramref name="ticker"/> or <paramref name="handler"/> is null.
    /// </exception>
    /// <exception cref="OptionsException">Values of the options are out of their range: all are listed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started, or another ticker with a process of its own has the same name.
    /// </exception>
    /// <example>
    /// <code>
    /// server.AddTicker(new Ticker(TimeSpan.FromMinutes(5)), async (number, stop) => await cache.RefreshAsync(stop));
    /// </code>
    /// </example>
    public static TServer AddTicker<TServer>(
        this TServer server, Ticker ticker, ITickHandler handler, TickerOptions? options = null)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(ticker);
        ArgumentNullException.ThrowIfNull(handler);
        server.AddTicker(ticker, handler, handler.GetType().Name, options);
        return server;
    }

    /// <summary>As the other <c>AddTicker</c>, with nothing but the tick.</summary>
    /// <param name="server">The server.</param>
    /// <param name="ticker">When it ticks. A server needs one of its own for each.</param>
    /// <param name="tick">Gets the number of the tick, from 0 on, and a token that a stop cancels.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">
    /// The server, <paramref name="ticker"/> or <paramref name="tick"/> is null.
    /// </exception>
    /// <exception cref="OptionsException">Values of the options are out of their range: all are listed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started, or another ticker with a process of its own has the same name.
    /// </exception>
    public static TServer AddTicker<TServer>(
        this TServer server, Ticker ticker, Func<long, CancellationToken, ValueTask> tick,
        TickerOptions? options = null)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(ticker);
        ArgumentNullException.ThrowIfNull(tick);
        server.AddTicker(ticker, new DelegateTickHandler(tick), name: null, options);
        return server;
    }

    /// <summary>
    /// Measures the connections of the server, for OpenTelemetry and whatever else listens to the meter <see
    /// cref="Telemetry.Name"/>.
    /// </summary>
    /// <remarks>
    /// The instruments are <c>waymark.active_connections</c>, <c>waymark.connection.duration</c>,
    /// <c>waymark.rejected_connections</c> and <c>waymark.tls_handshake.duration</c>, as <see cref="Telemetry"/>
    /// describes them; they exist from the start of the server to the end of its stop, with the server as the scope of
    /// their meter. Meant for a <see cref="TcpServer"/>: an <see cref="HttpServer"/> that uses <see cref="Telemetry"/>
    /// has them already, and is not measured twice. A server that was added to another one is asked for itself. What
    /// nobody listens to costs one look at a field for each connection.
    /// </remarks>
    /// <param name="server">The server.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    public static TServer MeasureConnections<TServer>(this TServer server)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(server);
        server.MeasureConnections(static server => new ConnectionMeter(server));
        return server;
    }

    /// <summary>Takes the client's address from trusted proxies that speak the PROXY protocol, version 1 or
    /// 2.</summary>
    /// <remarks>
    /// Each connection of a trusted peer must begin with the prelude, also before TLS. <see
    /// cref="ConnectionInfo.RemoteEndPoint"/>, <see cref="ConnectionInfo.LocalEndPoint"/> and <see
    /// cref="Request.RemoteEndPoint"/> are then the announced addresses; the real ones where the proxy speaks for
    /// itself (<c>LOCAL</c>, its health checks) or names no TCP address (<c>UNKNOWN</c>, <c>UNSPEC</c>). One without a
    /// prelude, or with a malformed one or one over 4,096 bytes, is reset. A peer that is not trusted is served as
    /// ever: a prelude of its is a bad request. Additional fields (TLVs) are skipped.
    /// </remarks>
    /// <param name="server">The server.</param>
    /// <param name="options">Who is trusted.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OptionsException">Nobody is trusted, or values cannot be read: all of them are
    /// listed.</exception>
    /// <exception cref="InvalidOperationException">It was asked for already, or the server has been
    /// started.</exception>
    public static TServer AcceptProxyProtocol<TServer>(this TServer server, ProxyProtocolOptions options)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        server.AcceptPrelude(options);
        return server;
    }

    /// <summary>As the other <c>AcceptProxyProtocol</c>, with the default time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="trustedPeers">As <see cref="ProxyProtocolOptions.TrustedPeers"/>.</param>
    /// <typeparam name="TServer">The type of the server.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OptionsException">Nobody is trusted, or entries cannot be read: all of them are
    /// listed.</exception>
    /// <exception cref="InvalidOperationException">It was asked for already, or the server has been
    /// started.</exception>
    public static TServer AcceptProxyProtocol<TServer>(this TServer server, params string[] trustedPeers)
        where TServer : NetworkServer
    {
        ArgumentNullException.ThrowIfNull(trustedPeers);
        return server.AcceptProxyProtocol(new ProxyProtocolOptions { TrustedPeers = trustedPeers });
    }
}
