using System.Net;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Connections.Tls;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Transport.Tls;

namespace Waymark.Tests.Connections.Tls;

/// <summary>The handshake is the first step of a connection's own task, and has a deadline.</summary>
public sealed class TlsHandlerTests : IAsyncDisposable
{
    private const int HandshakeFailed = 1080;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TempPki _pki = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();
    private readonly MemoryListener _listener = new(Endpoint.ForIp(IPAddress.Loopback, 1, isTls: true));
    private readonly Server _server;
    private readonly byte[] _buffer = new byte[1024];

    public TlsHandlerTests()
    {
        var source = new TlsSource("test", [], TlsCertificate.From(_pki.IssueServer(["localhost"])), null, null);
        var store = new CertificateStore(
            new TlsSources([source], SslProtocols.Tls12 | SslProtocols.Tls13, false, null), _time, new ListLogger());
        store.Load([]);
        var settings = new TlsHandlerSettings(
            store, TimeSpan.FromSeconds(10), "Tls.Timeout", Encoding.ASCII.GetBytes("use TLS"), _time, _logger);
        _server = new Server(
            [new ServedListener(_listener, new TlsHandler(LambdaHandler.Echo, settings))],
            new ServerSettings
            {
                Logger = _logger, Time = _time, ConnectionsMax = 2, RejectionAnswer = Encoding.ASCII.GetBytes("full"),
            });
        _server.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(TimeSpan.Zero).WaitAsync(Limit);
        _pki.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\x16")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")]
    public async Task A_handshake_that_does_not_go_on_is_cut_off_at_its_deadline(string octets)
    {
        MemoryConnection client = _listener.Connect();
        await client.SendAsync(Encoding.Latin1.GetBytes(octets));
        await StarvedAsync(client);
        _time.Advance(TimeSpan.FromSeconds(9));
        Task<int> receiving = client.ReceiveAsync(_buffer).AsTask();
        Assert.False(receiving.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await receiving.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await _logger.UntilAsync(HandshakeFailed);
        AssertNoWarning("it took longer than Tls.Timeout");
    }

    [Fact]
    public async Task The_deadline_ends_with_the_handshake()
    {
        await using TlsPeer peer = await ConnectAsync();

        // The client has agreed before the server has seen its last message.
        await StarvedAsync((MemoryConnection)peer.Connection);
        _time.Advance(TimeSpan.FromSeconds(60));
        await peer.SendAsync("hello");
        Assert.Equal("hello", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task A_handshake_that_does_not_go_on_keeps_nobody_waiting()
    {
        MemoryConnection stuck = _listener.Connect();
        await StarvedAsync(stuck);
        await using TlsPeer peer = await ConnectAsync();
        await peer.SendAsync("hello");
        Assert.Equal("hello", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task E39_Cleartext_is_answered_in_the_clear_and_closed()
    {
        MemoryConnection client = _listener.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.Equal("use TLS", await ReceiveAsync(client));
        Assert.Equal("", await ReceiveAsync(client));
        await client.DisposeAsync();
        await _logger.UntilAsync(HandshakeFailed);
        AssertNoWarning("the client speaks no TLS");
    }

    [Fact]
    public async Task What_lingers_after_a_failed_handshake_is_closed_after_a_second()
    {
        MemoryConnection client = _listener.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.Equal("use TLS", await ReceiveAsync(client));
        await StarvedAsync(client);
        Assert.Equal(1, _server.ConnectionCount);
        _time.Advance(TimeSpan.FromSeconds(2));
        await WaitForNoConnectionAsync();
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_handshake_is_no_error()
    {
        MemoryConnection client = _listener.Connect();
        await client.SendAsync(new byte[] { 0x16, 3, 1 });
        client.ShutdownSend();
        await _logger.UntilAsync(HandshakeFailed);
        MemoryConnection second = _listener.Connect();
        await StarvedAsync(second);
        second.Abort();
        await WaitForNoConnectionAsync();
        Assert.DoesNotContain(_logger.Events, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_connection_too_many_is_told_so_over_TLS()
    {
        await using TlsPeer first = await ConnectAsync();
        await using TlsPeer second = await ConnectAsync();
        await using TlsPeer third = await ConnectAsync();
        Assert.Equal("full", await third.ReceiveToEndAsync());
        Assert.True(third.SawCloseNotify);
    }

    [Fact]
    public async Task A_stop_waits_for_an_unfinished_handshake_no_longer_than_for_an_idle_connection()
    {
        MemoryConnection client = _listener.Connect();
        await client.SendAsync(new byte[] { 0x16, 3, 1 });
        await StarvedAsync(client);
        Task<int> stop = _server.StopAsync(Drain);
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await stop.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(0, await client.ReceiveAsync(_buffer));
    }

    private async Task<TlsPeer> ConnectAsync() =>
        await new TlsPeer(_listener.Connect()).AuthenticateAsync(_pki.Root);

    private async Task<string> ReceiveAsync(MemoryConnection client)
    {
        int count = await client.ReceiveAsync(_buffer).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(_buffer, 0, count);
    }

    private static Task StarvedAsync(MemoryConnection client) =>
        client.WaitUntilPeerIsStarvedAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Connections leave on their own tasks: a stop that begins now waits for them and no longer.</summary>
    private async Task WaitForNoConnectionAsync()
    {
        Task<int> stop = _server.StopAsync(Drain);
        Assert.Equal(0, await stop.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    private void AssertNoWarning(string reason)
    {
        Assert.DoesNotContain(_logger.Events, e => e.Level >= LogLevel.Warning);
        Assert.Contains(
            _logger.Events, e => e.Id == HandshakeFailed && e.Message.EndsWith(reason, StringComparison.Ordinal));
    }
}
