using System.Net;
using System.Net.Sockets;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Transport.Sockets;

namespace Waymark.Testing;

/// <summary>A server for a test: the same parser, routes, middleware and writer, and a client for it.</summary>
/// <remarks>
/// In memory there is no port and no kernel: nothing else can connect, and a test is over as soon as its answers are.
/// What is sent waits in memory without a bound, and there are no addresses: a test of those takes a port
/// (<see cref="StartOnPortAsync(RouteTable, Func{ServerOptions, ServerOptions}, Action{HttpServer})"/>). A program that
/// uses none of this has none of it in its native binary. Every member may be used from any thread.
/// </remarks>
/// <example>
/// <code>
/// await using TestHost host = await TestHost.StartAsync(Routes.Table);
/// Assert.Equal("Hello\n", await host.Client.GetStringAsync("/"));
/// </code>
/// </example>
public sealed class TestHost : IAsyncDisposable
{
    private readonly TestLog _logs;
    private readonly MemoryListener? _listener;
    private readonly Lock _lock = new();
    private readonly List<TestConnection> _connections = [];

    private TestHost(HttpServer server, TestLog logs, MemoryListener? listener)
    {
        Server = server;
        _logs = logs;
        _listener = listener;
        Client = new HttpClient(CreateHandler()) { BaseAddress = BaseAddress };
    }

    /// <summary>The server, running.</summary>
    public HttpServer Server { get; }

    /// <summary>
    /// Talks to the server; its <see cref="HttpClient.BaseAddress"/> is <see cref="BaseAddress"/>. It follows no
    /// redirect and keeps no cookie, so that a test sees what the server has sent.
    /// </summary>
    public HttpClient Client { get; }

    /// <summary>
    /// What the server has logged by now, from Trace upwards; empty where its options name a logger.
    /// </summary>
    public IReadOnlyList<TestLogEntry> Logs => _logs.Entries;

    /// <summary><c>http://localhost/</c> in memory; else with the port that the server has got.</summary>
    public Uri BaseAddress => _listener is null ? new Uri(Server.Endpoints[0]) : new Uri("http://localhost/");

    /// <summary>Starts a server in memory.</summary>
    /// <param name="table">The routes; the generator makes <c>Routes.Table</c>.</param>
    /// <param name="options">Changes the defaults: <c>options => options with { TimeProvider = time }</c>.</param>
    /// <param name="configure">Adds middleware and mappings, before the start.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="OptionsException">Options are out of range: all are listed.</exception>
    public static Task<TestHost> StartAsync(
        RouteTable table, Func<ServerOptions, ServerOptions>? options = null, Action<HttpServer>? configure = null)
    {
        var logs = new TestLog();
        return StartInMemoryAsync(Make(table, options, configure, logs), logs);
    }

    /// <summary>Starts a server in memory that the program has made, with its own options.</summary>
    /// <param name="server">Not started.</param>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It has been bound, started or stopped.</exception>
    public static Task<TestHost> StartAsync(HttpServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return StartInMemoryAsync(server, new TestLog());
    }

    /// <summary>Starts a server on a free port of 127.0.0.1.</summary>
    /// <param name="table">The routes; the generator makes <c>Routes.Table</c>.</param>
    /// <param name="options">Changes the defaults: <c>options => options with { TimeProvider = time }</c>.</param>
    /// <param name="configure">Adds middleware and mappings, before the start.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="OptionsException">Options are out of range: all are listed.</exception>
    public static Task<TestHost> StartOnPortAsync(
        RouteTable table, Func<ServerOptions, ServerOptions>? options = null, Action<HttpServer>? configure = null)
    {
        var logs = new TestLog();
        return StartOnPortAsync(Make(table, options, configure, logs), logs);
    }

    /// <summary>Starts a server that the program has made on a free port of 127.0.0.1.</summary>
    /// <param name="server">Not started.</param>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It has been bound, started or stopped.</exception>
    public static Task<TestHost> StartOnPortAsync(HttpServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return StartOnPortAsync(server, new TestLog());
    }

    /// <summary>
    /// Makes what connects to this server, for an <see cref="HttpClient"/> of the test's own: one that follows
    /// redirects, keeps cookies, or has handlers around it.
    /// </summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        if (_listener is { } listener)
            handler.ConnectCallback = (_, _) => new ValueTask<Stream>(new MemoryStreamOf(listener.Connect()));
        return handler;
    }

    /// <summary>Connects, for a test that plays octets.</summary>
    /// <exception cref="IOException">The server takes no more connections.</exception>
    public async Task<TestConnection> ConnectAsync()
    {
        var connection = new TestConnection(_listener is not null ? _listener.Connect() : await ConnectToPortAsync()
            .ConfigureAwait(false));
        lock (_lock)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>Leaves with every client and stops the server at once: what still runs is aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        TestConnection[] open;
        lock (_lock)
            open = [.. _connections];
        foreach (TestConnection connection in open)
            await connection.DisposeAsync().ConfigureAwait(false);
        try
        {
            await Server.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (ServerShutdownException)
        {
            // A handler still ran, and was cut off: that is what this is for.
        }

        await Server.DisposeAsync().ConfigureAwait(false);
    }

    private static HttpServer Make(
        RouteTable table, Func<ServerOptions, ServerOptions>? options, Action<HttpServer>? configure, TestLog logs)
    {
        ArgumentNullException.ThrowIfNull(table);
        var own = new ServerOptions { Logger = logs };
        var server = new HttpServer(table, options?.Invoke(own) ?? own);
        configure?.Invoke(server);
        return server;
    }

    private static async Task<TestHost> StartInMemoryAsync(HttpServer server, TestLog logs)
    {
        // Port 0 is nobody's: what shows this address shows that there is none.
        var listener = new MemoryListener(Endpoint.ForIp(IPAddress.Loopback, 0));
        server.BindTo(listener);
        return new TestHost(await server.StartAsync().ConfigureAwait(false), logs, listener);
    }

    private static async Task<TestHost> StartOnPortAsync(HttpServer server, TestLog logs) =>
        new(await server.StartAsync("http://127.0.0.1:0").ConfigureAwait(false), logs, null);

    private async Task<Connection> ConnectToPortAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, BaseAddress.Port).ConfigureAwait(false);
            return new SocketConnection(socket);
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new IOException("The server takes no more connections.", cause);
        }
    }
}
