using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Connections.ProxyProtocol;
using Waymark.Http;
using Waymark.Transport;
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
        var http = new HttpConnectionHandler(
            Tell, new ServerLimits(), TimeProvider.System, NullLogger.Instance, detailedErrors: false);
        var handler = new ProxyProtocolHandler(
            http, TrustedPeers.Parse(["10.0.0.0/8"], "", []), TimeSpan.FromSeconds(10), TimeProvider.System,
            NullLogger.Instance);
        await handler.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        return new WireAnswer(
            Engine.HideDates(System.Text.Encoding.Latin1.GetString(connection.Sent)),
            connection.SendCount,
            connection.IsAborted);
    }

    private static ValueTask Tell(Exchange exchange)
    {
        exchange.Response.Write(
            $"{exchange.Request.RemoteEndPoint} to {exchange.Connection.LocalEndPoint} {exchange.Request.Path}\n");
        return ValueTask.CompletedTask;
    }
}
