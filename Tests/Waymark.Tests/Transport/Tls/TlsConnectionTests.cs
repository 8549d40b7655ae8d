using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Transport.Tls;

namespace Waymark.Tests.Transport.Tls;

/// <summary>A connection with TLS does what <see cref="Connection"/> says.</summary>
public sealed class TlsConnectionTests : IAsyncDisposable
{
    private const byte AlertRecord = 21; // RFC 8446 section 5.1
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TempPki _pki = new();
    private readonly MemoryConnection _client;
    private readonly TappedConnection _tap;
    private readonly TlsPeer _peer;
    private readonly TlsConnection _server;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public TlsConnectionTests()
    {
        (MemoryConnection server, _client) = MemoryConnection.Create();
        _tap = new TappedConnection(_client);
        _peer = new TlsPeer(_tap);
        X509Certificate2 certificate = _pki.IssueServer(["localhost"], issuer: _pki.Intermediate);
        var identities = new TlsIdentities(
            SslStreamCertificateContext.Create(certificate, [_pki.Intermediate], offline: true));
        _server = new TlsConnection(
            server, new TlsTerms(SslProtocols.Tls12 | SslProtocols.Tls13, identities, null, false));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _peer.DisposeAsync();
        _pki.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_handshake_settles_what_TlsInfo_tells(SslProtocols protocol)
    {
        Assert.Null(_server.Tls);
        await AgreeAsync(protocol);
        Assert.Equal(protocol, _server.Tls!.Protocol);
        Assert.Equal(_peer.Stream.NegotiatedCipherSuite, _server.Tls.CipherSuite);
        Assert.Equal("localhost", _server.Tls.ServerName);
        Assert.Null(_server.Tls.ClientCertificate);
        Assert.Equal(SslApplicationProtocol.Http11, _peer.Stream.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Octets_go_both_ways_whatever_their_number()
    {
        await AgreeAsync();
        byte[] data = new byte[1_000_000];
        new Random(1).NextBytes(data);
        ValueTask sending = _server.SendAsync(data);
        Assert.Equal(Encoding.Latin1.GetString(data), await _peer.ReceiveAsync(data.Length));
        await sending;
        await _peer.SendAsync(Encoding.Latin1.GetString(data));
        var received = new MemoryStream();
        while (received.Length < data.Length)
            received.Write(_buffer.AsSpan(0, await ReceiveAsync()));
        Assert.Equal(data, received.ToArray());
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Close_notify_goes_out_before_FIN_and_receiving_goes_on(SslProtocols protocol)
    {
        await AgreeAsync(protocol);
        await _server.SendAsync("last"u8.ToArray());
        _server.ShutdownSend();
        _server.ShutdownSend();
        Assert.Equal("last", await _peer.ReceiveToEndAsync());
        Assert.True(_peer.SawCloseNotify);
        Assert.Equal(0, await _tap.ReceiveAsync(_buffer)); // The FIN behind it.
        await _peer.SendAsync("more");
        Assert.Equal("more", await ReceiveTextAsync());

        // In TLS 1.2 the last record shows as an alert; TLS 1.3 makes all records look alike.
        if (protocol == SslProtocols.Tls12)
            Assert.Equal(AlertRecord, LastRecord(_tap.Received)[0]);
    }

    [Fact]
    public async Task A_peer_that_says_close_notify_has_finished_sending_and_still_receives()
    {
        await AgreeAsync();
        await _peer.SendAsync("all");
        await _peer.SendCloseNotifyAsync();
        Assert.Equal("all", await ReceiveTextAsync());
        Assert.Equal("", await ReceiveTextAsync());
        Assert.False(_server.IsTruncated);
        await _server.SendAsync("answer"u8.ToArray());
        _server.ShutdownSend();
        Assert.Equal("answer", await _peer.ReceiveToEndAsync());
        Assert.True(_peer.SawCloseNotify);
    }

    [Fact]
    public async Task A_FIN_between_records_ends_receiving_and_shows_as_truncation()
    {
        await AgreeAsync();
        await _peer.SendAsync("some");
        _client.ShutdownSend();
        Assert.Equal("some", await ReceiveTextAsync());
        Assert.Equal("", await ReceiveTextAsync());
        Assert.True(_server.IsTruncated);
    }

    [Fact]
    public async Task A_FIN_inside_a_record_is_a_lost_connection()
    {
        await AgreeAsync();
        await _client.SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 });
        _client.ShutdownSend();
        await Assert.ThrowsAsync<ConnectionLostException>(ReceiveTextAsync);
    }

    [Fact]
    public async Task A_record_that_was_tampered_with_is_a_lost_connection()
    {
        await AgreeAsync();
        byte[] record = new byte[5 + 64];
        (record[0], record[1], record[2], record[4]) = (23, 3, 3, 64);
        await _client.SendAsync(record);
        await Assert.ThrowsAsync<ConnectionLostException>(ReceiveTextAsync);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopping_ends_a_pending_receive_with_0_even_inside_a_record(bool isInside)
    {
        await AgreeAsync();
        Task<string> receiving = ReceiveTextAsync();
        if (isInside)
            await _client.SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 });
        await _client.WaitUntilPeerIsStarvedAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        _server.StopReceiving();
        Assert.Equal("", await receiving);
        Assert.Equal("", await ReceiveTextAsync());
        await _server.SendAsync("still"u8.ToArray());
        Assert.Equal("still", await _peer.ReceiveAsync());
    }

    [Fact]
    public async Task What_has_come_before_the_stop_is_received()
    {
        await AgreeAsync();
        await _peer.SendAsync("early");
        _server.StopReceiving();
        Assert.Equal("early", await ReceiveTextAsync());
        Assert.Equal("", await ReceiveTextAsync());
    }

    [Fact]
    public async Task A_receive_into_nothing_waits_and_takes_nothing()
    {
        await AgreeAsync();
        Task<int> waiting = _server.ReceiveAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);
        await _peer.SendAsync("x");
        Assert.Equal(0, await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal("x", await ReceiveTextAsync());
    }

    [Fact]
    public async Task An_abort_fails_what_is_pending_and_the_peer_sees_no_clean_end()
    {
        await AgreeAsync();
        Task<string> receiving = ReceiveTextAsync();
        _server.Abort();
        await Assert.ThrowsAsync<ConnectionLostException>(() => receiving);
        await Assert.ThrowsAsync<ConnectionLostException>(() => _server.SendAsync("x"u8.ToArray()).AsTask());
        await _server.DisposeAsync();
        await Assert.ThrowsAsync<ConnectionLostException>(_peer.ReceiveAsync);
    }

    [Fact]
    public async Task Disposing_says_close_notify_where_nobody_has()
    {
        await AgreeAsync();
        await _server.DisposeAsync();
        Assert.Equal("", await _peer.ReceiveAsync());
        Assert.True(_peer.SawCloseNotify);
    }

    [Fact]
    public async Task A_client_whose_name_has_no_certificate_gets_unrecognized_name()
    {
        var terms = new TlsTerms(SslProtocols.Tls13, new TlsIdentities(null), null, false);
        (MemoryConnection below, MemoryConnection client) = MemoryConnection.Create();
        await using var server = new TlsConnection(below, terms);
        var tap = new TappedConnection(client);
        await using var peer = new TlsPeer(tap);
        Task agreeing = peer.AuthenticateAsync(_pki.Root, "other.test");
        string? failure = await server.HandshakeAsync();
        Assert.Equal("there is no certificate for the name 'other.test'", failure);
        below.ShutdownSend();
        await Assert.ThrowsAnyAsync<Exception>(() => agreeing);
        Assert.Equal([AlertRecord, 3, 3, 0, 2, 2, 112], tap.Received);
    }

    [Fact]
    public void Nothing_of_the_connection_below_is_hidden()
    {
        // What a transport adds to Connection has to be passed on here, or it is lost with TLS.
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        // Files are read and encrypted here: the kernel below cannot.
        string[] unencrypted = ["get_SendsFiles", "SendFileAsync"];
        Assert.Equal(unencrypted, typeof(TlsConnection).GetMethods(All)
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(Connection))
            .Select(method => method.Name));
    }

    private async Task AgreeAsync(SslProtocols protocols = SslProtocols.None)
    {
        Task<string?> agreeing = _server.HandshakeAsync().AsTask();
        await _peer.AuthenticateAsync(_pki.Root, protocols: protocols);
        Assert.Null(await agreeing.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    private Task<int> ReceiveAsync() =>
        _server.ReceiveAsync(_buffer).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

    private async Task<string> ReceiveTextAsync() => Encoding.Latin1.GetString(_buffer, 0, await ReceiveAsync());

    private static ReadOnlySpan<byte> LastRecord(ReadOnlySpan<byte> records)
    {
        while (true)
        {
            int length = 5 + ((records[3] << 8) | records[4]);
            if (length == records.Length)
                return records;
            records = records[length..];
        }
    }
}
