using System.Buffers.Text;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Waymark.Testing;

namespace Waymark.Aot.Tests;

/// <summary>Each middleware once in a native binary that has all of them: nothing that it needs was trimmed.</summary>
public sealed class NativeAllMiddlewareTests(PublishedAllMiddleware published, NativeAllMiddleware all)
    : IClassFixture<NativeAllMiddleware>
{
    // 6.96 MB when this was written, and 3 % to either side: less lacks something, more pulled something in. README.md
    // of the program says what each costs.
    private const long SizeBytesMin = 6_750_000;
    private const long SizeBytesMax = 7_170_000;
    private const string Origin = "https://shop.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void It_publishes_without_a_trimming_or_AOT_warning() => published.AssertCleanNative();

    [Fact]
    public void Its_size_is_in_the_window() =>
        Assert.InRange(new FileInfo(published.BinaryPath).Length, SizeBytesMin, SizeBytesMax);

    // What every answer carries, and what comes of the fields of a proxy.
    [Fact]
    public async Task Fields_are_on_every_answer_and_the_proxy_is_believed()
    {
        Seen seen = await AskAsync(
            "GET", "/", ("X-Request-Id", "abc"), ("X-Forwarded-For", "203.0.113.7"), ("Origin", Origin));
        Assert.Equal("abc 203.0.113.7:0\n", seen.Text);
        Assert.Equal("abc", seen["X-Request-Id"]);
        Assert.Equal("nosniff", seen["X-Content-Type-Options"]);
        Assert.Equal("no-cache", seen["Cache-Control"]);
        Assert.Equal((Origin, "true"),
            (seen["Access-Control-Allow-Origin"], seen["Access-Control-Allow-Credentials"]));
        Assert.StartsWith("\"", seen["ETag"], StringComparison.Ordinal);
        Assert.Equal(403, (await AskAsync("GET", "/", ("X-Forwarded-For", "192.0.2.66"))).Status);
    }

    [Fact]
    public async Task A_preflight_is_answered_and_a_forged_request_refused()
    {
        Seen preflight = await AskAsync(
            "OPTIONS", "/orders/1", ("Origin", Origin), ("Access-Control-Request-Method", "DELETE"));
        Assert.Equal(204, preflight.Status);
        Assert.Contains("DELETE", preflight["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Equal(403, (await AskAsync("POST", "/session", ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task A_method_is_overridden_and_the_programs_own_middleware_runs()
    {
        Seen seen = await AskAsync("POST", "/orders/7", ("X-HTTP-Method-Override", "DELETE"));
        Assert.Equal((200, "7 is gone\n", "yes"), (seen.Status, seen.Text, seen["X-Audited"]));
    }

    [Theory]
    [InlineData("Basic", "ada", "/me")]
    [InlineData("Bearer", "till", "/scope")]
    [InlineData("Key", "robot", "/role")]
    [InlineData("Jwt", "grace", "/me")]
    public async Task A_user_is_known_by_each_scheme(string scheme, string name, string path)
    {
        (string Name, string Value) field = scheme switch
        {
            "Basic" => ("Authorization", "Basic " + Convert.ToBase64String("ada:basic-password"u8)),
            "Bearer" => ("Authorization", "Bearer bearer-token"),
            "Jwt" => ("Authorization", "Bearer " + MakeToken(name)),
            _ => ("X-Api-Key", "api-key"),
        };
        Seen seen = await AskAsync("GET", path, field);
        Assert.Equal((200, name), (seen.Status, seen.Text));
        Assert.Equal(401, (await AskAsync("GET", path)).Status);
    }

    [Fact]
    public async Task A_user_without_the_scope_or_the_role_is_refused()
    {
        foreach (string path in (string[])["/scope", "/role"])
            Assert.Equal(403, (await AskAsync("GET", path, ("Authorization", "Bearer " + MakeToken("grace")))).Status);
    }

    [Fact]
    public async Task Cookies_are_sealed_and_a_form_has_its_token()
    {
        Seen signedIn = await AskAsync("POST", "/session");
        Assert.Contains("theme=dark", signedIn["Set-Cookie"], StringComparison.Ordinal);
        string session = signedIn["Set-Cookie"]!.Split(", ")
            .Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal));
        Assert.Equal("user=7", (await AskAsync("GET", "/session", ("Cookie", session.Split(';')[0]))).Text);

        Seen form = await AskAsync("GET", "/form");
        string cookie = form["Set-Cookie"]!.Split(';')[0];
        Assert.Equal(403, (await AskAsync("POST", "/form", ("Cookie", cookie))).Status);
        Assert.Equal("sent\n", (await AskAsync("POST", "/form", ("Cookie", cookie), ("X-CSRF-Token", form.Text))).Text);
    }

    [Fact]
    public async Task Too_many_requests_and_too_large_bodies_are_refused()
    {
        Assert.Equal(200, (await AskAsync("GET", "/few")).Status);
        Seen many = await AskAsync("GET", "/few");
        Assert.Equal(429, many.Status);
        Assert.NotNull(many["Retry-After"]);
        Assert.Equal(413, (await AskAsync("POST", "/length", new byte[64 * 1024 + 1])).Status);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Content_is_compressed_both_ways(string coding)
    {
        Seen answer = await AskAsync("GET", "/long", ("Accept-Encoding", coding));
        Assert.Equal(coding, answer["Content-Encoding"]);
        using Stream decoded = coding == "br"
            ? new BrotliStream(new MemoryStream(answer.Octets), CompressionMode.Decompress)
            : new GZipStream(new MemoryStream(answer.Octets), CompressionMode.Decompress);
        Assert.Equal(new string('a', 100_000), await new StreamReader(decoded).ReadToEndAsync(Stop));

        var body = new MemoryStream();
        await using (Stream encoded = coding == "br"
            ? new BrotliStream(body, CompressionMode.Compress, leaveOpen: true)
            : new GZipStream(body, CompressionMode.Compress, leaveOpen: true))
        {
            await encoded.WriteAsync(Encoding.ASCII.GetBytes(new string('b', 1000)), Stop);
        }

        Assert.Equal(
            "1000\n", (await AskAsync("POST", "/length", body.ToArray(), ("Content-Encoding", coding))).Text);
    }

    [Fact]
    public async Task What_is_known_is_not_sent_again_and_JSON_is_written()
    {
        Seen first = await AskAsync("GET", "/orders/7");
        Assert.Equal("""{"id":7,"lamp":"bright"}""", first.Text);
        Assert.Equal(304, (await AskAsync("GET", "/orders/7", ("If-None-Match", first["ETag"]!))).Status);
    }

    [Fact]
    public async Task A_static_file_is_sent_in_parts_and_kept_for_a_minute()
    {
        Seen part = await AskAsync("GET", "/assets/site.css", ("Range", "bytes=0-3"));
        Assert.Equal((206, "body", "text/css"), (part.Status, part.Text, part["Content-Type"]!.Split(';')[0]));
        Assert.Equal("public, max-age=60", part["Cache-Control"]);
    }

    [Fact]
    public async Task Health_and_metrics_are_told()
    {
        Assert.Equal(200, (await AskAsync("GET", "/livez")).Status);
        Assert.Equal(200, (await AskAsync("GET", "/readyz")).Status);
        await AskAsync("GET", "/orders/8");
        Assert.Contains(
            "http_server_request_duration_seconds_count{", (await AskAsync("GET", "/metrics")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_streamed()
    {
        Seen seen = await AskAsync("GET", "/events");
        Assert.Equal("text/event-stream", seen["Content-Type"]!.Split(';')[0]);
        Assert.Contains("data: {\"id\":2,\"lamp\":\"new\"}\n", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_echoes_compressed()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("echo");
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        var uri = new UriBuilder(all.App.Addresses[0]) { Scheme = "ws", Path = "/ws/hall" }.Uri;
        await socket.ConnectAsync(uri, Stop);
        Assert.Equal("echo", socket.SubProtocol);
        byte[] buffer = new byte[256];
        ValueWebSocketReceiveResult room = await socket.ReceiveAsync(buffer.AsMemory(), Stop);
        Assert.Equal("hall", Encoding.UTF8.GetString(buffer, 0, room.Count));
        byte[] sent = Encoding.UTF8.GetBytes(new string('x', 200));
        await socket.SendAsync(sent, WebSocketMessageType.Text, true, Stop);
        ValueWebSocketReceiveResult echo = await socket.ReceiveAsync(buffer.AsMemory(), Stop);
        Assert.Equal(sent, buffer[..echo.Count]);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
    }

    [Fact]
    public async Task Each_format_of_the_access_log_has_its_line()
    {
        await using AppProcess app = await published.App.StartAsync();
        await app.Client.GetStringAsync(new Uri("/orders/99", UriKind.Relative), Stop);
        Assert.Equal(0, await app.StopAsync());
        string[] lines = (app.Output + app.Errors).Split('\n');
        lines = [.. lines.Where(line => line.Contains("/orders/99", StringComparison.Ordinal))];
        Assert.True(lines.Length == 4, string.Join('\n', lines)); // Text, combined, JSON, and an event of the log.
        Assert.Single(lines, line => line.StartsWith('{'));
        Assert.Single(lines, line => line.Contains("\"GET /orders/99 HTTP/1.1\" 200 ", StringComparison.Ordinal));
    }

    /// <summary>A token as an issuer would sign it (RFC 7515, HS256).</summary>
    private static string MakeToken(string name)
    {
        long expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        string content = Base64Url.EncodeToString("""{"alg":"HS256"}"""u8) + '.' + Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"iss":"https://id.example","aud":"all","sub":"{{name}}","exp":{{expiry}}}"""));
        byte[] signature = HMACSHA256.HashData(
            "a secret of at least 32 octets, for tests"u8, Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private Task<Seen> AskAsync(string method, string path, params (string Name, string Value)[] fields) =>
        AskAsync(method, path, null, fields);

    private async Task<Seen> AskAsync(
        string method, string path, byte[]? body, params (string Name, string Value)[] fields)
    {
        // A client without a cookie jar: what a browser would send along is the test's to say.
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(all.App.Addresses[0], path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.Add("Content-Type", "text/plain");
        }

        foreach ((string name, string value) in fields)
        {
            if (name == "Content-Encoding")
                request.Content!.Headers.Add(name, value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        return new Seen(
            (int)answer.StatusCode,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase),
            await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    /// <summary>What came back.</summary>
    private sealed record Seen(int Status, IReadOnlyDictionary<string, string> Fields, byte[] Octets)
    {
        public string Text => Encoding.UTF8.GetString(Octets);

        public string? this[string name] => Fields.GetValueOrDefault(name);
    }
}
