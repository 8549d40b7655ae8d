using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Hosting;
using Waymark.Hosting.Tls;
using Waymark.Streams;
using Waymark.Transport;

namespace Waymark;

/// <summary>Serves packets over TCP or Unix sockets, with or without TLS, by a protocol of the program's own.</summary>
/// <remarks>
/// How it starts, runs and stops is told at <see cref="NetworkServer"/>. A server runs once. Its addresses are those of
/// an <see cref="HttpServer"/>, with <c>tcp://</c> for <c>http://</c> and <c>tls://</c> for <c>https://</c>: for
/// example <c>tcp://localhost:7000</c>, <c>tls://*:7443</c>, <c>unix:/run/app.sock</c>, <c>tls+unix:/run/app.sock</c>.
/// The port has to be given. Without any address, the sockets are used that systemd passed.
/// <para>
/// A stop lets handlers go on for the drain time; those that wait in a receive between two packets are let go after
/// <see cref="NetworkServerOptions.IdleGrace"/>, by an <see cref="OperationCanceledException"/>. After the drain time
/// the token of every handler is cancelled.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// return await TcpServer.Create(new LineProtocol(), new Echo()).RunAsync("tcp://localhost:7000");
///
/// sealed class Echo : StreamHandler&lt;string, string&gt;
/// {
/// protected override async ValueTask HandleAsync(StreamClient&lt;string, string&gt; client, CancellationToken stop) =>
/// await client.SendAsync(await client.ReceiveAsync(stop), stop); }
/// </code>
/// </example>
public sealed class TcpServer : NetworkServer
{
    private readonly StreamService _service;
    private readonly TcpServerOptions _options;

    // Made when the server starts; its callbacks belong to that start.
    private ServiceScope? _scope;

    private TcpServer(StreamService service, TcpServerOptions? options, HostEnvironment environment)
        : base(options ?? new TcpServerOptions(), environment, [])
    {
        _service = service;
        _options = (TcpServerOptions)Options;
    }

    private protected override AddressScheme Scheme => AddressScheme.Tcp;

    private protected override string? DefaultAddress => null;

    private protected override TlsPurpose TlsPurpose =>
        new(_options.TlsHandshakeTimeout, "TcpServerOptions.TlsHandshakeTimeout", IsHttp: false);

    private protected override Task? StartedFailed => _scope?.Failed;

    private protected override LogLevel ConnectionLogLevel => _options.ConnectionLogLevel;

    private protected override ExecutionContext? Ambient => _scope?.Context;

    /// <summary>Makes a server, and checks all of its options. Nothing is opened yet.</summary>
    /// <param name="protocol">Cuts what comes into packets.</param>
    /// <param name="handler">Talks to the clients.</param>
    /// <param name="options">How the server behaves; null for the defaults.</param>
    /// <typeparam name="TIn">What is received.</typeparam>
    /// <typeparam name="TOut">What is sent.</typeparam>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentNullException">The protocol or the handler is null.</exception>
    /// <exception cref="OptionsException">Options are out of range: all of them are listed.</exception>
    public static TcpServer Create<TIn, TOut>(
        IStreamProtocol<TIn, TOut> protocol, StreamHandler<TIn, TOut> handler, TcpServerOptions? options = null) =>
        Create(protocol, handler, options, new HostEnvironment());

    /// <summary>Serves until <see cref="NetworkServer.StopAsync"/>. Signals are left to the program.</summary>
    /// <param name="addresses">
    /// What to listen on; see the remarks of this class. None after <see cref="NetworkServer.BindAsync"/>.
    /// </param>
    /// <returns>This server, running, for <c>await using</c>.</returns>
    /// <exception cref="OptionsException">
    /// Addresses or certificates cannot be read, or there is no address: all of it is listed.
    /// </exception>
    /// <exception cref="ServerStartupException">An address cannot be listened on; nothing is left open.</exception>
    /// <exception cref="InvalidOperationException">
    /// The server has been started or stopped before, or addresses are given to a bound one.
    /// </exception>
    public async Task<TcpServer> StartAsync(params string[] addresses)
    {
        await StartServingAsync(addresses).ConfigureAwait(false);
        return this;
    }

    internal static TcpServer Create<TIn, TOut>(
        IStreamProtocol<TIn, TOut> protocol, StreamHandler<TIn, TOut> handler, TcpServerOptions? options,
        HostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(handler);
        return new TcpServer(new StreamService<TIn, TOut>(protocol, handler), options, environment);
    }

    private protected override ConnectionHandler CreateProtocol() => _service.CreateHandler(new StreamSettings
    {
        Time = _options.TimeProvider,
        Logger = Logger,
        PacketBytesMax = _options.PacketBytesMax,
        ReceiveTimeout = _options.ReceiveTimeout,
        SendFloor = new SendFloor(_options.SendTimeout, 0, TimeSpan.Zero),
    });

    private protected override Task RunStartingAsync()
    {
        _scope = new ServiceScope
        {
            Logger = Logger,
            TimeProvider = _options.TimeProvider,
            Services = _options.Services,
            Endpoints = Endpoints,
            Stopping = Stopping,
        };

        // A clean context, as connections have it everywhere: what the caller has in its AsyncLocals is not theirs.
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => StartServiceAsync(_scope));
    }

    private async Task StartServiceAsync(ServiceScope scope)
    {
        ValueTask starting = _service.StartAsync(scope, Stopping);
        if (starting.IsCompleted && scope.Context is null)
            scope.CaptureContext();
        await starting.ConfigureAwait(false);
    }

    private protected override async Task RunStoppedAsync()
    {
        if (_scope is not null)
            await _scope.EndAsync().ConfigureAwait(false);
    }
}
