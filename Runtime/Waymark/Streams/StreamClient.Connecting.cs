using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Streams;
using Waymark.Transport;
using Waymark.Transport.Sockets;
using Waymark.Transport.Tls;

namespace Waymark;

/// <summary>Connects to servers that speak packets: for tests, tools, and services that talk to each other.</summary>
public static class StreamClient
{
    /// <summary>Connects.</summary>
    /// <param name="address">
    /// For example <c>tcp://127.0.0.1:7000</c>, <c>tls://example.org:7443</c>, <c>unix:/run/app.sock</c>,
    /// <c>unix:@name</c>. A host name is looked up.
    /// </param>
    /// <param name="protocol">Cuts what comes into packets.</param>
    /// <param name="options">How it connects; null for the defaults.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <typeparam name="TIn">What is received.</typeparam>
    /// <typeparam name="TOut">What is sent.</typeparam>
    /// <returns>The connection, to be disposed.</returns>
    /// <exception cref="ArgumentNullException">The address or the protocol is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="address"/> cannot be read.</exception>
    /// <exception cref="OptionsException">Options are out of range: all of them are listed.</exception>
    /// <exception cref="SocketException">Nobody listens there, or the name is unknown.</exception>
    /// <exception cref="IOException">The connection broke during the TLS handshake.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">
    /// The server's certificate is not trusted, or TLS could not be agreed on.
    /// </exception>
    /// <exception cref="TimeoutException">
    /// It took longer than <see cref="StreamClientOptions.ConnectTimeout"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// await using var client = await StreamClient.ConnectAsync("tcp://127.0.0.1:7000", new LineProtocol());
    /// await client.SendAsync("hello");
    /// string answer = await client.ReceiveAsync(TimeSpan.FromSeconds(5));
    /// </code>
    /// </example>
    public static async Task<StreamClient<TIn, TOut>> ConnectAsync<TIn, TOut>(
        string address, IStreamProtocol<TIn, TOut> protocol, StreamClientOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(protocol);
        options ??= new StreamClientOptions();
        options.Validate();
        (EndPoint endPoint, string host, bool isTls) = Read(address);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        Connection? connection = null;
        try
        {
            connection = await ConnectAsync(endPoint, either.Token).ConfigureAwait(false);
            if (isTls)
                connection = await SecureAsync(connection, options.Tls, host, either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new TimeoutException($"Connecting to {address} took longer than {options.ConnectTimeout}.", e);
            throw;
        }

        return new StreamClient<TIn, TOut>(
            new ConnectionContext(connection, 0, CancellationToken.None, options.TimeProvider), protocol,
            new StreamSettings
            {
                Time = options.TimeProvider,
                Logger = NullLogger.Instance,
                PacketBytesMax = options.PacketBytesMax,
                ReceiveTimeout = options.ReceiveTimeout,
                SendFloor = SendFloor.Default,
            })
        {
            IsServed = false,
        };
    }

    private static (EndPoint EndPoint, string Host, bool IsTls) Read(string address)
    {
        if (Endpoint.TryParse(address, out Endpoint endpoint, out string problem, AddressScheme.Tcp)
            && endpoint.Kind is EndpointKind.Ip or EndpointKind.Unix)
        {
            return (endpoint.ToEndPoint(), endpoint.Address?.ToString() ?? "localhost", endpoint.IsTls);
        }

        bool isTls = address.StartsWith("tls://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !address.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(problem, nameof(address));
        string rest = address["tcp://".Length..].TrimEnd('/');
        int colon = rest.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(rest[(colon + 1)..], out ushort port) || port == 0
            || Uri.CheckHostName(rest[..colon]) != UriHostNameType.Dns)
        {
            throw new ArgumentException(
                $"'{address}' is no address to connect to; write for example tcp://localhost:7000.", nameof(address));
        }

        return (new DnsEndPoint(rest[..colon], port), rest[..colon], isTls);
    }

    private static async Task<Connection> ConnectAsync(EndPoint endPoint, CancellationToken cancellation)
    {
        Socket socket = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
            return new SocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Connection> SecureAsync(
        Connection connection, SslClientAuthenticationOptions? options, string host, CancellationToken cancellation)
    {
        var secured = new TlsConnection(connection, terms: null);

        // The handshake's reads look at no token: the connection is what ends them.
        await using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static connection => ((Connection)connection!).Abort(), connection);
        try
        {
            options ??= new SslClientAuthenticationOptions { TargetHost = host };
            await secured.ConnectAsync(options, cancellation).ConfigureAwait(false);
            return secured;
        }
        catch (IOException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }
}
