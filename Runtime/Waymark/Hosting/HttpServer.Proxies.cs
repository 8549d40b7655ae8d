using Waymark.Connections;
using Waymark.Connections.ProxyProtocol;
using Waymark.Transport;

namespace Waymark;

/// <content>What proxies in front of the server say about connections.</content>
public sealed partial class HttpServer
{
    // INVARIANT: under _lock; read once, when the server starts. Null for programs that do not ask for it, which then
    // do not carry its code.
    private Func<ConnectionHandler, ConnectionHandler>? _preludeAround;

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
    /// <param name="options">Who is trusted.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Nobody is trusted, or values cannot be read: all of them are
    /// listed.</exception>
    /// <exception cref="InvalidOperationException">It was asked for already, or the server has been
    /// started.</exception>
    public HttpServer AcceptProxyProtocol(ProxyProtocolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TrustedPeers trusted = options.ReadTrustedPeers();
        lock (_lock)
        {
            ThrowIfStarted("The PROXY protocol is asked for");
            if (_preludeAround is not null)
                throw new InvalidOperationException("The PROXY protocol is asked for once: name all proxies in it.");
            _preludeAround = inner => new ProxyProtocolHandler(
                inner, trusted, options.PreludeTimeout, _options.TimeProvider, _logger);
            return this;
        }
    }

    /// <summary>As <see cref="AcceptProxyProtocol(ProxyProtocolOptions)"/> with the default time.</summary>
    /// <param name="trustedPeers">As <see cref="ProxyProtocolOptions.TrustedPeers"/>.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trustedPeers"/> is null.</exception>
    /// <exception cref="OptionsException">Nobody is trusted, or entries cannot be read: all of them are
    /// listed.</exception>
    /// <exception cref="InvalidOperationException">It was asked for already, or the server has been
    /// started.</exception>
    public HttpServer AcceptProxyProtocol(params string[] trustedPeers)
    {
        ArgumentNullException.ThrowIfNull(trustedPeers);
        return AcceptProxyProtocol(new ProxyProtocolOptions { TrustedPeers = trustedPeers });
    }
}
