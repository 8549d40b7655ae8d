using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary>A program that hands requests on to another server: what it gets there survives the way back.</summary>
public sealed class ReverseProxyTests
{
    private const string AnyPort = "http://127.0.0.1:0";
    private const string Whole = "0123456789ab";

    private readonly ConcurrentBag<long> _upstreamConnections = [];

    [Fact]
    public async Task D24_Fields_chunks_and_ranges_survive_and_the_upstream_connection_is_used_again()
    {
        await using HttpServer upstream = await New(UpstreamAsync).StartAsync(AnyPort);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(upstream.Endpoints[0]),
        };
        await using HttpServer proxy = await New(exchange => ForwardAsync(exchange, client)).StartAsync(AnyPort);
        using Peer peer = await Peer.ConnectAsync(proxy.Endpoints[0]);

        string chunked = await AskAsync(peer, "GET /chunked HTTP/1.1\r\nHost: a\r\n\r\n", "0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 202 Accepted\r\n", chunked, StringComparison.Ordinal);
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", chunked, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n", chunked, StringComparison.Ordinal);
        Assert.Equal("firstsecond", Unchunked(chunked));

        string part = await AskAsync(
            peer, "GET /range HTTP/1.1\r\nHost: a\r\nRange: bytes=3-8\r\n\r\n", "\r\n\r\n345678");
        Assert.StartsWith("HTTP/1.1 206 Partial Content\r\n", part, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Range: bytes 3-8/12\r\n", part, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 6\r\n", part, StringComparison.Ordinal);

        string posted = await AskAsync(
            peer, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", posted, StringComparison.Ordinal);
        Assert.Equal(3, _upstreamConnections.Count);
        Assert.Single(_upstreamConnections.Distinct());
    }

    private static HttpServer New(Handler handler) => new HttpServer(
        new FixedTable(), new ServerOptions { Logger = NullLogger.Instance, ShowBanner = false }).Use(_ => handler);

    private static async Task<string> AskAsync(Peer peer, string request, string end)
    {
        await peer.SendAsync(request);
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            string piece = await peer.ReceiveAsync();
            Assert.True(piece.Length > 0, $"The proxy closed behind: {answer}");
            answer.Append(piece);
        }

        return answer.ToString();
    }

    private static string Unchunked(string answer)
    {
        string rest = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var body = new StringBuilder();
        while (true)
        {
            int line = rest.IndexOf("\r\n", StringComparison.Ordinal);
            int size = Convert.ToInt32(rest[..line], 16);
            if (size == 0)
                return body.ToString();
            body.Append(rest, line + 2, size);
            rest = rest[(line + 2 + size + 2)..];
        }
    }

    private async ValueTask UpstreamAsync(Exchange exchange)
    {
        _upstreamConnections.Add(exchange.Connection.Id);
        Response response = exchange.Response;
        switch (exchange.Request.Path)
        {
            case "/chunked":
                response.StatusCode = 202;
                response.Headers.Add("Set-Cookie", "a=1");
                response.Headers.Add("Set-Cookie", "b=2");
                response.Write("first"u8);
                await response.FlushAsync();
                response.Write("second"u8);
                break;
            case "/range":
                Assert.Equal("bytes=3-8", exchange.Request.Headers["Range"]);
                response.StatusCode = 206;
                response.Headers.Set("Content-Range", "bytes 3-8/12");
                response.Write(Whole[3..9]);
                break;
            default:
                response.Write((await exchange.Request.Body.ReadAllAsync()).Span);
                break;
        }
    }

    private static async ValueTask ForwardAsync(Exchange exchange, HttpClient client)
    {
        Request request = exchange.Request;
        using var outgoing = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Headers["Range"] is { } range)
            outgoing.Headers.TryAddWithoutValidation("Range", range);
        if (request.Method == "POST")
            outgoing.Content = new StreamContent(request.Body.AsStream());
        using HttpResponseMessage incoming = await client.SendAsync(
            outgoing, HttpCompletionOption.ResponseHeadersRead, exchange.RequestAborted);

        Response response = exchange.Response;
        response.StatusCode = (int)incoming.StatusCode;
        response.ContentLength = incoming.Content.Headers.ContentLength;
        foreach ((string name, IEnumerable<string> values) in incoming.Headers.Concat(incoming.Content.Headers))
        {
            // Framing and the moment are the own connection's.
            if (name is "Content-Length" or "Transfer-Encoding" or "Connection" or "Date")
                continue;
            foreach (string value in values)
                response.Headers.Add(name, value);
        }

        await using Stream body = await incoming.Content.ReadAsStreamAsync(exchange.RequestAborted);
        byte[] buffer = new byte[4096];
        for (int count; (count = await body.ReadAsync(buffer, exchange.RequestAborted)) > 0;)
        {
            await response.WriteAsync(buffer.AsMemory(0, count));
            await response.FlushAsync();
        }
    }
}
