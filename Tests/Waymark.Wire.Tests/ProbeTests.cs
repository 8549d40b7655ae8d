using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waymark.TestSupport;
using Waymark.Wire.Tests;

[assembly: AssemblyFixture(typeof(RunningProbe))]

namespace Waymark.Wire.Tests;

/// <summary>Samples/Probe in a process of its own, for all tests here.</summary>
public sealed class RunningProbe : IAsyncLifetime
{
    private RunningServer? _server;

    internal RunningServer Server => _server!;

    /// <summary>Talks to the port for TLS, whose certificate is one for development.</summary>
    internal HttpClient TlsClient { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // The same configuration as this test: .../bin/Waymark.Wire.Tests/debug -> .../bin/Probe/debug
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string probe = Path.Combine(own, "..", "..", "Probe", Path.GetFileName(own), "Probe.dll");
        _server = await RunningServer.StartAsync(["dotnet", Path.GetFullPath(probe)], ("PORT", "0"), ("TLSPORT", "0"));
        var trusting = new SocketsHttpHandler();
        trusting.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsProbes(certificate);
        TlsClient = new HttpClient(trusting) { BaseAddress = Server.Addresses[1] };
    }

    /// <summary>True for the certificate for development.</summary>
    internal static bool IsProbes(X509Certificate? certificate) =>
        certificate?.Subject == "CN=localhost (development)";

    public async ValueTask DisposeAsync()
    {
        TlsClient.Dispose();
        Assert.Equal(0, await Server.TerminateAsync());
        await Server.DisposeAsync();
    }
}

/// <summary>What Samples/Probe serves, through real sockets.</summary>
public class ProbeTests(RunningProbe probe)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected RunningProbe Probe => probe;

    protected virtual HttpClient Client => probe.Server.Client;

    [Theory]
    [InlineData("/", 200, "OK")]
    [InlineData("/hello", 200, "hello world\n")]
    [InlineData("/files/a.txt", 200, "file a\n")]
    [InlineData("/files/sub/b.txt", 200, "file b\n")]
    [InlineData("/s/404", 404, "")]
    [InlineData("/s/299", 299, "")]
    [InlineData("/chunked", 200, "part0\npart1\npart2\n")]
    [InlineData("/slow?ms=1", 200, "slow")]
    [InlineData("/q?a=1&b=2&a=3&%61", 200, "2")]
    [InlineData("/p/a/%C3%A9/b%2Fc", 200, "a/\u00e9/b/c")]
    [InlineData("/seg/x%2Fy/end", 200, "[x/y]")]
    [InlineData("/noread", 200, "noread")]
    public async Task A_GET_is_answered_as_the_contract_says(string path, int status, string body)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task A_body_is_echoed_and_counted(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        using HttpResponseMessage echo = await Client.PostAsync(
            new Uri("/", UriKind.Relative), new ByteArrayContent(body), Stop);
        using HttpResponseMessage count = await Client.PostAsync(
            new Uri("/len", UriKind.Relative), new ByteArrayContent(body), Stop);
        Assert.Equal(body, await echo.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal($"{length}", await count.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_large_answer_comes_whole_with_its_length()
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri("/big?n=3000000", UriKind.Relative), Stop);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal(3_000_000, answer.Content.Headers.ContentLength);
        Assert.Equal(3_000_000, body.Length);
        Assert.DoesNotContain(body, octet => octet != 'x');
    }

    [Theory]
    [InlineData("/hdr?v=plain", HttpStatusCode.OK, "plain")]
    [InlineData("/hdr?v=a%0d%0aSet-Cookie:%20b", HttpStatusCode.InternalServerError, null)]
    public async Task A_field_value_is_set_or_refused(string path, HttpStatusCode status, string? value)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(value, answer.Headers.TryGetValues("X-Val", out IEnumerable<string>? values)
            ? values.Single()
            : null);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("GET /redir?to=%2Fhello", "302", "Location: /hello")]
    [InlineData("PUT /", "405", "Allow: GET, HEAD, OPTIONS, POST")]
    [InlineData("OPTIONS /", "200", "Allow: GET, HEAD, OPTIONS, POST")]
    [InlineData("HEAD /hello", "200", "Content-Length: 12")]
    [InlineData("GET /throw", "500", "application/problem+json")]
    [InlineData("PATCH /echo", "200", "Host: probe\n")]
    [InlineData("GET /nowhere", "404", "application/problem+json")]
    public async Task A_raw_request_gets_these_octets(string start, string status, string part)
    {
        string answer = await AskAsync($"{start} HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(part, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_are_shown_behind_the_length()
    {
        string answer = await AskAsync(
            "POST /trailers HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n0\r\nX-Sum: 6\r\nHost: evil\r\n\r\n");
        Assert.EndsWith("\r\n\r\nlen=3\nX-Sum: 6\n", answer, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Client.BaseAddress!.Port, Stop);
        await using Stream stream = await ProtectAsync(client.GetStream());
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Stop);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Stop);
    }

    /// <summary>Puts TLS around a client's stream, where that is spoken.</summary>
    protected virtual ValueTask<Stream> ProtectAsync(Stream stream) => new(stream);
}

/// <summary>The same on the port for TLS.</summary>
public sealed class TlsProbeTests(RunningProbe probe) : ProbeTests(probe)
{
    protected override HttpClient Client => Probe.TlsClient;

    protected override async ValueTask<Stream> ProtectAsync(Stream stream)
    {
        var tls = new SslStream(
            stream, leaveInnerStreamOpen: false, static (_, certificate, _, _) => RunningProbe.IsProbes(certificate));
        await tls.AuthenticateAsClientAsync("localhost");
        return tls;
    }
}
