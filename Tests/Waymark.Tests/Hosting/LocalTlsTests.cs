using System.Net;
using System.Net.Sockets;
using Waymark.Hosting;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport.Sockets;

namespace Waymark.Tests.Hosting;

/// <summary>TLS on Unix sockets and on sockets that were passed: <c>https+unix:</c>, <c>https+fd:</c>.</summary>
public sealed class LocalTlsTests : IDisposable
{
    private readonly TempPki _pki = new();
    private readonly string _path = Listening.NewPath();

    public void Dispose()
    {
        _pki.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("name")]
    [InlineData("picked")]
    public async Task A_Unix_socket_speaks_TLS_and_says_so(string kind)
    {
        Assert.SkipUnless(kind == "path" || OperatingSystem.IsLinux(), "Abstract names exist on Linux only.");
        string address = "https+unix:" + kind switch
        {
            "path" => _path,
            "name" => $"@wm-{Guid.NewGuid():N}",
            _ => "@",
        };
        await using HttpServer server = await StartAsync(address);
        string endpoint = Assert.Single(server.Endpoints);
        Assert.StartsWith(address, endpoint, StringComparison.Ordinal);
        string banner = Banner.Format(server.Endpoints, [], TextStyle.Plain);
        Assert.Contains($"\n  {endpoint}\n", banner, StringComparison.Ordinal);
        Assert.EndsWith(
            OperatingSystem.IsLinux() ? $"\r\n\r\nhttps Tls13 {Environment.ProcessId}" : "\r\n\r\nhttps Tls13 ",
            await AskAsync(Peer.ConnectAsync(endpoint)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await AskInTheClearAsync(endpoint), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AddressFamily.Unix)]
    [InlineData(AddressFamily.InterNetwork)]
    public async Task A_socket_that_was_passed_speaks_TLS(AddressFamily family)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no descriptors to inherit.");
        using var parent = new Socket(family, SocketType.Stream, ProtocolType.Unspecified);
        parent.Bind(family == AddressFamily.Unix
            ? new UnixDomainSocketEndPoint(_path)
            : new IPEndPoint(IPAddress.Loopback, 0));
        parent.Listen(4);
        await using HttpServer server = await StartAsync($"https+fd:{Listening.Duplicate(parent)}");
        Assert.StartsWith(
            family == AddressFamily.Unix ? "https+unix:" + _path : "https://127.0.0.1:",
            Assert.Single(server.Endpoints), StringComparison.Ordinal);
        Assert.Contains(
            "\r\n\r\nhttps Tls13 ", await AskAsync(Peer.ConnectAsync(parent.LocalEndPoint!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stands_beside_one_in_the_clear()
    {
        await using HttpServer server = await StartAsync("unix:" + _path, $"https+unix:{_path}s");
        Assert.Equal(["unix:" + _path, $"https+unix:{_path}s"], server.Endpoints);
        Assert.Contains("\r\n\r\nhttp  ", await AskInTheClearAsync(server.Endpoints[0]), StringComparison.Ordinal);
        Assert.Contains(
            "\r\n\r\nhttps Tls13 ", await AskAsync(Peer.ConnectAsync(server.Endpoints[1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https+unix:/tmp/absent/app.sock")]
    [InlineData("https+fd:3")]
    public async Task It_needs_a_certificate(string address)
    {
        var e = await Assert.ThrowsAsync<OptionsException>(() => new HttpServer(new FixedTable()).StartAsync(address));
        Assert.Equal(
            $"The address '{address}' needs a certificate: set ServerOptions.Tls.", Assert.Single(e.Problems));
    }

    private Task<HttpServer> StartAsync(params string[] addresses) => new HttpServer(
        new FixedTable(),
        new ServerOptions
        {
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.From(_pki.IssueServer(["localhost"])),
                ClientCertificates = ClientCertificates.None,
            },
            Logger = new ListLogger(),
            IdleGrace = TimeSpan.Zero,
        })
        .Use(_ => static exchange =>
        {
            ConnectionInfo connection = exchange.Connection;
            exchange.Response.Write(
                $"{exchange.Request.Scheme} {connection.Tls?.Protocol} {connection.PeerCredentials?.ProcessId}");
            return ValueTask.CompletedTask;
        })
        .StartAsync(addresses);

    private async Task<string> AskAsync(Task<Peer> connecting)
    {
        using Peer peer = await connecting;
        await using TlsPeer secured = await new TlsPeer(new SocketConnection(peer.Socket)).AuthenticateAsync(_pki.Root);
        await secured.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        string answer = await secured.ReceiveToEndAsync();
        Assert.True(secured.SawCloseNotify);
        return answer;
    }

    private static async Task<string> AskInTheClearAsync(string endpoint)
    {
        using Peer peer = await Peer.ConnectAsync(endpoint);
        await peer.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return await peer.ReceiveToEndAsync();
    }
}
