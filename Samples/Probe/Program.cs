using System.Net.WebSockets;
using System.Text;
using Waymark;

// Serves what an HTTP conformance suite asks for, on 127.0.0.1 at PORT, and over TLS at TLSPORT where that is set.
string port = Environment.GetEnvironmentVariable("PORT") ?? "8080";
string? tlsPort = Environment.GetEnvironmentVariable("TLSPORT");
var options = new ServerOptions { Tls = tlsPort is null ? null : Tls.Options() };
await using var server = new HttpServer(Routes.Table, options);
server.Use(StaticFiles.From(new StaticFilesOptions
{
    Root = Path.Combine(AppContext.BaseDirectory, "www", "public"),
    Prefix = "/files",
}));
return tlsPort is null
    ? await server.RunAsync($"http://127.0.0.1:{port}")
    : await server.RunAsync($"http://127.0.0.1:{port}", $"https://127.0.0.1:{tlsPort}");

internal static class Tls
{
    /// <summary>The certificate in TLSCERT with the key in TLSKEY (PEM), else one for development.</summary>
    internal static TlsOptions Options() =>
        Environment.GetEnvironmentVariable("TLSCERT") is { Length: > 0 } certificate
            ? new TlsOptions
            {
                Certificate = TlsCertificate.FromPem(certificate, Environment.GetEnvironmentVariable("TLSKEY")),
                ClientCertificates = ClientCertificates.None,
            }
            : TlsOptions.ForDevelopment();
}

internal static class Fixed
{
    [Get("/")]
    internal static void Root(Response response)
    {
        response.ContentLength = 2;
        response.Write("OK"u8);
    }

    [Get("/hello")]
    internal static string Hello() => "hello world\n";

    [Get("/s/:code")]
    internal static void Status(int code, Response response) => response.StatusCode = code;

    /// <summary>Fails, so that what a client sees of it can be looked at.</summary>
    /// <response code="500">Always, and nothing of the exception in it.</response>
    [Get("/throw")]
    internal static string Throw() => throw new InvalidOperationException("secret-exception-text");

    [Get("/slow")]
    internal static async Task<string> Slow(int ms, CancellationToken stop)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System, stop);
        return "slow";
    }
}

internal static class Reflecting
{
    [Get("/echo"), Post("/echo"), Put("/echo"), Delete("/echo"), Patch("/echo"), Options("/echo")]
    internal static void Fields(Request request, Response response)
    {
        response.SetContentType("text/plain; charset=utf-8"u8);
        foreach (var line in request.Headers)
        {
            response.Write(line.Name);
            response.Write(": "u8);
            response.Write(line.Value);
            response.Write("\n"u8);
        }
    }

    [Get("/q")]
    internal static string QueryKeys(Request request)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in request.Query)
            keys.Add(pair.Key);
        return $"{keys.Count}";
    }

    [Get("/p/*rest")]
    internal static string Rest(string rest) => rest;

    [Get("/seg/:a/end")]
    internal static string Segment(string a) => $"[{a}]";

    [Get("/hdr")]
    internal static string Field(string v, Response response)
    {
        response.Headers.Set("X-Val", v);
        return "hdr";
    }

    [Get("/redir")]
    internal static void Redirect(string to, Response response)
    {
        response.StatusCode = 302;
        response.Headers.Set("Location", to);
    }
}

internal static class Sockets
{
    /// <summary>A WebSocket that sends back what comes, piece by piece.</summary>
    [WebSocket("/ws")]
    internal static async Task Echo(WebSocket socket)
    {
        Memory<byte> buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
            await socket.SendAsync(buffer[..part.Count], part.MessageType, part.EndOfMessage, default);
    }
}

internal static class Bodies
{
    // One for all answers: thousands of clients that read slowly would hold as many.
    private static readonly ReadOnlyMemory<byte> _filler = Enumerable.Repeat((byte)'x', 64 * 1024).ToArray();

    [Post("/")]
    internal static async Task Echo(Request request, Response response)
    {
        byte[] buffer = new byte[16 * 1024];

        // An empty chunked body touches nothing else, and an answer that nothing has touched is a 204.
        response.StatusCode = 200;
        response.ContentLength = request.Body.Length;
        for (int count; (count = await request.Body.ReadAsync(buffer)) > 0;)
            await response.WriteAsync(buffer.AsMemory(0, count));
    }

    [Get("/noread"), Post("/noread"), Put("/noread"), Delete("/noread"), Patch("/noread"), Options("/noread")]
    internal static string Unread() => "noread";

    [Post("/len")]
    internal static async Task<string> Length(Request request) => $"{await CountAsync(request)}";

    [Post("/trailers")]
    internal static async Task<string> Trailers(Request request)
    {
        var text = new StringBuilder($"len={await CountAsync(request)}\n");
        foreach (var line in request.Body.Trailers)
            text.Append($"{Encoding.UTF8.GetString(line.Name)}: {Encoding.UTF8.GetString(line.Value)}\n");
        return text.ToString();
    }

    [Get("/chunked")]
    internal static async Task Chunked(Response response)
    {
        for (int part = 0; part < 3; part++)
        {
            response.Write($"part{part}\n");
            await response.FlushAsync();
        }
    }

    [Get("/big")]
    internal static async Task Big(long n, Response response)
    {
        response.ContentLength = n;
        for (long left = n; left > 0; left -= _filler.Length)
            await response.WriteAsync(_filler[..(int)Math.Min(left, _filler.Length)]);
    }

    private static async Task<long> CountAsync(Request request)
    {
        byte[] buffer = new byte[16 * 1024];
        long total = 0;
        for (int count; (count = await request.Body.ReadAsync(buffer)) > 0;)
            total += count;
        return total;
    }
}
