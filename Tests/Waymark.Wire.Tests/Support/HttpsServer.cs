using System.Net.Sockets;
using System.Text;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport;
using Waymark.Transport.Sockets;

namespace Waymark.Wire.Tests.Support;

/// <summary>A server on a free port of loopback, with a certificate for localhost of a root of its own.</summary>
/// <remarks>
/// Every answer says who the client is in <c>X-Client</c> and which name it asked for in <c>X-Name</c>.
/// </remarks>
internal sealed class HttpsServer : IAsyncDisposable
{
    private readonly HttpServer _server;

    private HttpsServer(HttpServer server, TempPki pki, ListLogger logger)
    {
        _server = server;
        Pki = pki;
        Logger = logger;
    }

    public const string Get = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    public TempPki Pki { get; }

    public ListLogger Logger { get; }

    public HttpServer Server => _server;

    public int Port => new Uri(_server.Endpoints[0]).Port;

    /// <summary>Starts one.</summary>
    /// <param name="change">Makes the options from those of a plain site.</param>
    /// <param name="time">Its time; null for the system's.</param>
    public static async Task<HttpsServer> StartAsync(
        Func<TempPki, TlsOptions, TlsOptions>? change = null, TimeProvider? time = null)
    {
        var pki = new TempPki();
        var logger = new ListLogger();
        var site = new TlsOptions
        {
            Certificate = TlsCertificate.From(
                pki.IssueServer(["localhost"], issuer: pki.Intermediate), pki.Intermediate),
            ClientCertificates = ClientCertificates.None,
        };
        var options = new ServerOptions
        {
            Tls = change is null ? site : change(pki, site),
            Logger = logger,
            TimeProvider = time ?? TimeProvider.System,
            IdleGrace = TimeSpan.Zero,
        };
        HttpServer server = new HttpServer(new TestTable(), options).Use(next => exchange =>
        {
            exchange.Response.Headers.Set("X-Client", exchange.Connection.Tls?.ClientCertificate?.Subject ?? "none");
            exchange.Response.Headers.Set("X-Name", exchange.Connection.Tls?.ServerName ?? "none");
            return next(exchange);
        });
        await server.StartAsync("https://127.0.0.1:0");
        return new HttpsServer(server, pki, logger);
    }

    /// <summary>Connects, without a handshake.</summary>
    public async Task<SocketConnection> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
        return new SocketConnection(socket);
    }

    /// <summary>A client that has not agreed yet.</summary>
    public async Task<TlsPeer> PeerAsync() => new(await ConnectAsync());

    /// <summary>Sends octets in the clear, and receives to the end.</summary>
    public async Task<string> AskInTheClearAsync(string request)
    {
        await using Connection connection = await ConnectAsync();
        await connection.SendAsync(Encoding.ASCII.GetBytes(request));
        byte[] buffer = new byte[4096];
        var text = new StringBuilder();
        while (await connection.ReceiveAsync(buffer) is > 0 and int count)
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Pki.Dispose();
    }
}
