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
