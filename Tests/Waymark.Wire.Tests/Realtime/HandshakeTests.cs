using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>RFC 6455 section 4: the opening handshake, octet by octet.</summary>
public sealed class HandshakeTests
{
    private static readonly WebSocketOptions Options = new()
    {
        Subprotocols = ["chat.v2", "chat"],
        AllowedOrigins = ["https://app.example", "null", "http://port.example:80"],
        Compression = new WebSocketCompression(),
    };

    [Fact]
    public async Task The_example_of_the_RFC_is_accepted()
    {
        WireAnswer answer = await PlayAsync(Frame.Ask);
        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\nDate: *\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\u0088\u0002\u0003\u00E8",
            answer.Text);
        Assert.False(answer.IsAborted);
    }

    [Theory]
    [InlineData("GET /ws", "POST /ws", 400)]
    [InlineData("GET /ws", "HEAD /ws", 400)]
    [InlineData("HTTP/1.1", "HTTP/1.0", 400)]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZWE=", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j!Q==", 400)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBs ZSBub25jZQ=", 400)]
    [InlineData("Host: x\r\n", "Host: x\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400)]
    [InlineData("Host: x\r\n", "Host: x\r\nContent-Length: 1\r\n", 400)]
    [InlineData("Host: x\r\n", "Host: x\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("Upgrade: websocket\r\n", "", 426)]
    [InlineData("Upgrade: websocket\r\n", "Upgrade: h2c\r\n", 426)]
    [InlineData("Connection: Upgrade\r\n", "", 426)]
    [InlineData("Connection: Upgrade\r\n", "Connection: keep-alive\r\n", 426)]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "", 426)]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 8\r\n", 426)]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 013\r\n", 426)]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8\r\n", 426)]
    public async Task What_is_no_handshake_is_refused(string right, string wrong, int status)
    {
        Assert.Contains(right, Frame.Ask, StringComparison.Ordinal);
        string ask = Frame.Ask.Replace(right, wrong, StringComparison.Ordinal);
        WireAnswer answer = await PlayAsync(ask.Contains("ength", StringComparison.Ordinal) ? ask + "a" : ask);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer.Text, StringComparison.Ordinal);
        bool isVersion = right.Contains("Version", StringComparison.Ordinal);
        Assert.Equal(isVersion, answer.Text.Contains("\r\nSec-WebSocket-Version: 13\r\n", StringComparison.Ordinal));
        Assert.Equal(
            status == 426,
            answer.Text.Contains("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain("Sec-WebSocket-Accept", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.IsAborted);
    }

    [Fact]
    public async Task A_refusal_keeps_the_connection()
    {
        WireAnswer answer = await PlayAsync("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n" + Frame.Ask);
        Assert.Equal("426 101", answer.Statuses);
    }

    [Theory]
    [InlineData("x", "http://x", 101)]
    [InlineData("x", "https://X", 101)]
    [InlineData("x:443", "https://x", 101)]
    [InlineData("x:80", "https://x", 403)]
    [InlineData("x:8080", "http://x:8080", 101)]
    [InlineData("x:8080", "http://x:8081", 403)]
    [InlineData("x", "http://y", 403)]
    [InlineData("x", "http://x.y", 403)]
    [InlineData("x", "http://yx", 403)]
    [InlineData("x", "x", 403)]
    [InlineData("x", "", 403)]
    [InlineData("x", "null", 101)]
    [InlineData("x", "https://APP.example", 101)]
    [InlineData("x", "http://app.example", 403)]
    [InlineData("x", "https://app.example:444", 403)]
    [InlineData("x", "http://x\r\nOrigin: http://x", 403)]
    [InlineData("x", "http://port.example", 101)]
    [InlineData("x", "https://port.example", 403)]
    [InlineData("x", "https://port.example:80", 403)]
    public async Task Foreign_pages_are_refused_unless_they_are_listed(string host, string origin, int status)
    {
        WireAnswer answer = await PlayAsync(Frame.Ask.Replace(
            "Host: x\r\n", $"Host: {host}\r\nOrigin: {origin}\r\n", StringComparison.Ordinal));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("chat, chat.v2", "chat.v2")]
    [InlineData("other,\tchat", "chat")]
    [InlineData("other\r\nSec-WebSocket-Protocol: chat", "chat")]
    [InlineData("Chat", null)]
    [InlineData("other", null)]
    public async Task The_subprotocol_that_the_program_prefers_is_agreed_on(string offered, string? agreed)
    {
        WireAnswer answer = await PlayAsync(With($"Sec-WebSocket-Protocol: {offered}"));
        Assert.Equal(agreed, Field(answer, "Sec-WebSocket-Protocol"));
    }

    [Theory]
    [InlineData("permessage-deflate", Plain)]
    [InlineData("permessage-deflate; client_max_window_bits", Plain)]
    [InlineData("x-other, permessage-deflate; client_max_window_bits", Plain)]
    [InlineData("permessage-deflate; server_max_window_bits=10", Plain + "; server_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits=\"10\"", Plain + "; server_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=12", Plain + "; client_max_window_bits=12")]
    [InlineData("permessage-deflate; client_max_window_bits=8", Plain)]
    [InlineData("permessage-deflate; server_no_context_takeover; client_no_context_takeover", Plain)]
    [InlineData("permessage-deflate; server_max_window_bits=8", null)]
    [InlineData("permessage-deflate; server_max_window_bits=16", null)]
    [InlineData("permessage-deflate; server_max_window_bits", null)]
    [InlineData("permessage-deflate; server_max_window_bits=8, permessage-deflate", Plain)]
    [InlineData("permessage-deflate; server_no_context_takeover=1", null)]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover", null)]
    [InlineData("permessage-deflate; what", null)]
    [InlineData("x-webkit-deflate-frame", null)]
    [InlineData("x-other\r\nSec-WebSocket-Extensions: permessage-deflate", Plain)]
    public async Task Compression_is_agreed_on_as_it_is_offered(string offered, string? agreed)
    {
        WireAnswer answer = await PlayAsync(With($"Sec-WebSocket-Extensions: {offered}"));
        Assert.Equal(agreed, Field(answer, "Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Compression_that_keeps_its_context_does_so_unless_the_client_refuses()
    {
        var options = new WebSocketOptions
        {
            Compression = new WebSocketCompression { KeepsContext = true, ServerWindowBits = 11, ClientWindowBits = 9 },
        };
        WireAnswer kept = await PlayAsync(
            With("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"), options);
        Assert.Equal(
            "permessage-deflate; server_max_window_bits=11; client_max_window_bits=9",
            Field(kept, "Sec-WebSocket-Extensions"));
        WireAnswer refused = await PlayAsync(
            With("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover"), options);
        Assert.Equal(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=11",
            Field(refused, "Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_compressed()
    {
        WireAnswer answer = await PlayAsync(With("Sec-WebSocket-Extensions: permessage-deflate"), new());
        Assert.Null(Field(answer, "Sec-WebSocket-Extensions"));
        Assert.Equal("101", answer.Statuses);
    }

    [Fact]
    public void Options_out_of_range_are_all_listed()
    {
        var options = new WebSocketOptions
        {
            Subprotocols = ["a b"],
            AllowedOrigins = ["example.com", "https://a/b"],
            MessageBytesMax = 0,
            FrameBytesMax = 124,
            PingInterval = TimeSpan.Zero,
            PingTimeout = TimeSpan.FromDays(2),
            CloseTimeout = TimeSpan.FromMilliseconds(999),
            Compression = new WebSocketCompression { ServerWindowBits = 8, ClientWindowBits = 16 },
        };
        Assert.Equal(10, Assert.Throws<OptionsException>(options.Validate).Problems.Count);
        new WebSocketOptions { PingInterval = Timeout.InfiniteTimeSpan, MessageBytesMax = int.MaxValue }.Validate();
    }

    private const string Plain = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static string With(string line) =>
        Frame.Ask.Replace("Host: x\r\n", $"Host: x\r\n{line}\r\n", StringComparison.Ordinal);

    private static string? Field(WireAnswer answer, string name) => answer.Text.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 2)..])
        .SingleOrDefault();

    private static Task<WireAnswer> PlayAsync(string ask, WebSocketOptions? options = null) => Engine.PlayAsync(
        ask + Frame.Of(Frame.Close, ""),
        handler: async exchange =>
        {
            if (await WebSockets.AcceptAsync(exchange, options ?? Options) is { } socket)
                await socket.ReceiveAsync(new byte[10].AsMemory(), default);
        });
}
