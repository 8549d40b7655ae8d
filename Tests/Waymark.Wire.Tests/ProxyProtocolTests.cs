using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Connections.ProxyProtocol;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>The PROXY protocol in front of HTTP, at every place where the octets can be cut.</summary>
public sealed class ProxyProtocolTests
{
    private const string Version1 = "PROXY TCP4 192.0.2.7 203.0.113.1 4000 443\r\n";
    private const string Version2 =
        "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000F\u00C0\0\u0002\u0007\u00CB\0\u0071\u0001\u000F\u00A0\u0001\u00BB\u0004\0\0";
    private const string Requests =
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData(Version1)]
    [InlineData(Version2)]
    public async Task Nothing_behind_a_prelude_is_lost_wherever_it_is_cut(string prelude)
    {
        byte[] bytes = Engine.Bytes(prelude + Requests);
        string whole = (await PlayAsync("10.0.0.1", bytes)).Text;
        Assert.Equal(2, whole.Split("192.0.2.7:4000 to 203.0.113.1:443").Length - 1);
        for (int split = 1; split < bytes.Length; split++)
        {
            Assert.Equal(
                whole, (await PlayAsync("10.0.0.1", bytes.AsMemory(0, split), bytes.AsMemory(split))).Text);
        }

        var drip = bytes.Select((_, index) => new ReadOnlyMemory<byte>(bytes, index, 1)).ToArray();
        Assert.Equal(whole, (await PlayAsync("10.0.0.1", drip)).Text);
    }

    [Theory]
    [InlineData(Version1, true)]
    [InlineData(Version1, false)]
    [InlineData(Version2, true)]
    [InlineData(Version2, false)]
    public async Task A_prelude_stands_before_the_handshake_and_TLS_begins_with_the_octet_behind(
        string prelude, bool isGlued)
    {
        (string Text, bool IsAborted) answer = await PlayOverTlsAsync(
            "10.0.0.1", connection => new PreludedConnection(connection, prelude, isGlued));
        Assert.Equal(2, answer.Text.Split("192.0.2.7:4000 to 203.0.113.1:443").Length - 1);
        Assert.False(answer.IsAborted);
    }

    [Theory]
    [InlineData("10.0.0.1", "")]
    [InlineData("198.51.100.9", Version1)]
    [InlineData("198.51.100.9", Version2)]
    public async Task Over_TLS_a_prelude_that_is_missing_or_of_a_peer_that_is_not_trusted_ends_the_connection(
        string peer, string prelude)
    {
        (string text, bool isAborted) = await PlayOverTlsAsync(
            peer, connection => new PreludedConnection(connection, prelude, isGlued: true));
        Assert.Equal(("", true), (text, isAborted));
    }

    [Fact]
    public async Task A_prelude_of_a_peer_that_is_not_trusted_is_a_bad_request()
    {
        Assert.Equal("400", (await PlayAsync("198.51.100.9", Engine.Bytes(Version1 + Requests))).Statuses);
        Assert.Equal("400", (await PlayAsync("198.51.100.9", Engine.Bytes(Version2 + Requests))).Statuses);
        Assert.Equal("200 200", (await PlayAsync("198.51.100.9", Engine.Bytes(Requests))).Statuses);
    }

    [Fact]
    public async Task A_trusted_peer_without_a_prelude_is_cut_off_without_a_word()
    {
        WireAnswer answer = await PlayAsync("10.0.0.1", Engine.Bytes(Requests));
        Assert.Equal(("", true), (answer.Text, answer.IsAborted));
    }

    private static async Task<WireAnswer> PlayAsync(string peer, params ReadOnlyMemory<byte>[] pieces)
    {
        var connection = new ScriptedConnection(pieces)
        {
            PeerEndPoint = new IPEndPoint(IPAddress.Parse(peer), 7),
        };
        await Announced(Http()).RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        return new WireAnswer(
            System.Text.Encoding.Latin1.GetString(connection.Sent), connection.SendCount, connection.IsAborted);
    }

    /// <summary>Plays the requests over TLS, on what a test makes of the client's end.</summary>
    private static async Task<(string Text, bool IsAborted)> PlayOverTlsAsync(
        string peer, Func<Connection, Connection> change)
    {
        (MemoryConnection server, MemoryConnection connection) = MemoryConnection.Create();
        var addressed = new AddressedConnection(server, new IPEndPoint(IPAddress.Parse(peer), 7));
        var context = new ConnectionContext(addressed, 1, CancellationToken.None);
        ProxyProtocolHandler protocol = Announced(OverTls.Protect(Http(), TimeProvider.System));
        Task serving = Task.Run(async () =>
        {
            await protocol.RunAsync(context);
            await context.Connection.DisposeAsync();
        });
        await using var client = new TlsPeer(change(connection));
        string text = "";
        bool isAborted = false;
        try
        {
            await OverTls.AuthenticateAsync(client);
            await client.SendAsync(Requests);
            text = await client.ReceiveToEndAsync();
        }
        catch (IOException)
        {
            isAborted = true;
        }

        connection.ShutdownSend();
        await serving.WaitAsync(TimeSpan.FromSeconds(20));
        return (text, isAborted);
    }

    private static HttpConnectionHandler Http() => Engine.Protocol(Tell);

    private static ProxyProtocolHandler Announced(ConnectionHandler inner) => new(
        inner, TrustedPeers.Parse(["10.0.0.0/8"], "", []), TimeSpan.FromSeconds(10), TimeProvider.System,
        NullLogger.Instance);

    private static ValueTask Tell(Exchange exchange)
    {
        exchange.Response.Write(
            $"{exchange.Request.RemoteEndPoint} to {exchange.Connection.LocalEndPoint} {exchange.Request.Path}\n");
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Says a prelude first: in one piece with the ClientHello, or as everything else, octet by octet.
    /// </summary>
    private sealed class PreludedConnection(Connection inner, string prelude, bool isGlued) : ConnectionLayer(inner)
    {
        private byte[] _prelude = Engine.Bytes(prelude);

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> data)
        {
            byte[] bytes = [.. _prelude, .. data.Span];
            _prelude = [];
            int size = isGlued ? bytes.Length : 1;
            for (int sent = 0; sent < bytes.Length; sent += size)
                await base.SendAsync(bytes.AsMemory(sent, size));
        }
    }
}
