using System.Net;
using System.Text;
using System.Text.Json;
using Waymark.TestSupport;

namespace Waymark.Aot.Tests;

/// <summary>The published binary answers as the README says, and ends as promised.</summary>
public sealed class NativeHelloTests(PublishedHello hello)
{
    /// <summary>Below it something that Hello needs is missing from the binary.</summary>
    private const long SizeBytesMin = 2_500_000;

    /// <summary>
    /// It was 3.97 MB when this was written; what pulls in another ninth of a megabyte is seen here.
    /// </summary>
    private const long SizeBytesMax = 4_080_000;

    [Fact]
    public void It_publishes_without_a_trimming_or_AOT_warning() => hello.AssertCleanNative();

    [Fact]
    public void Its_size_is_in_the_window()
    {
        Assert.InRange(new FileInfo(hello.BinaryPath).Length, SizeBytesMin, SizeBytesMax);
    }

    [Fact]
    public void It_holds_no_documentation_page_because_it_maps_none()
    {
        ReadOnlySpan<byte> binary = File.ReadAllBytes(hello.BinaryPath);
        Assert.True(binary.IndexOf("application/problem+json"u8) > 0);
        Assert.Equal(-1, binary.IndexOf("<!doctype html>"u8));
    }

    [Fact]
    public void It_holds_no_TLS_because_it_makes_no_TlsOptions()
    {
        ReadOnlySpan<byte> binary = File.ReadAllBytes(hello.BinaryPath);
        Assert.True(binary.IndexOf(Encoding.Unicode.GetBytes("needs a certificate: ")) > 0);
        Assert.Equal(-1, binary.IndexOf(Encoding.Unicode.GetBytes("TlsOptions has no certificate")));
        Assert.Equal(-1, binary.IndexOf(Encoding.Unicode.GetBytes("This port speaks TLS")));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "text/plain", "Hello, world!\n")]
    [InlineData("/users/1", HttpStatusCode.OK, "application/json", """{"id":1,"name":"Ada"}""")]
    [InlineData("/files/a/b.txt", HttpStatusCode.OK, "text/plain", "You asked for a/b.txt\n")]
    [InlineData("/files/a%2Fb", HttpStatusCode.OK, "text/plain", "You asked for a/b\n")]
    [InlineData("/users/99", HttpStatusCode.NotFound, "application/problem+json", null)]
    [InlineData("/users/ada", HttpStatusCode.BadRequest, "application/problem+json", null)]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "application/problem+json", null)]
    public async Task It_answers_GET(string path, HttpStatusCode status, string mediaType, string? body)
    {
        await using RunningServer server = await RunningServer.StartAsync([hello.BinaryPath, "http://127.0.0.1:0"]);
        using HttpResponseMessage answer = await server.Client.GetAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        if (body is not null)
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_takes_and_gives_JSON_and_ends_with_exit_code_0_on_SIGTERM()
    {
        await using RunningServer server = await RunningServer.StartAsync([hello.BinaryPath, "http://127.0.0.1:0"]);
        using var body = new StringContent("""{"name":"Grace"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await server.Client.PostAsync(
            new Uri("/users", UriKind.Relative), body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            """{"id":2,"name":"Grace"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task It_prints_its_routes_instead_of_serving()
    {
        const string Golden = """
            GET   /             Home.Hello
            GET   /files/*path  Home.File
            POST  /users        Users.Add
            GET   /users/:id    Users.Find

            """;
        (int exitCode, string output, string errors) = await RunAsync("--routes");
        Assert.Equal((0, Golden, ""), (exitCode, output, errors));
    }

    [Fact]
    public async Task It_prints_its_routes_as_JSON()
    {
        (int exitCode, string output, string errors) = await RunAsync("--routes", "json");
        Assert.Equal((0, ""), (exitCode, errors));
        using JsonDocument routes = JsonDocument.Parse(output);
        Assert.Equal(4, routes.RootElement.GetArrayLength());
        JsonElement first = routes.RootElement[0];
        Assert.Equal(
            ("GET", "/", "Home.Hello"),
            (first.GetProperty("method").GetString(), first.GetProperty("template").GetString(),
                first.GetProperty("handler").GetString()));
    }

    [Fact]
    public async Task It_refuses_a_format_of_routes_that_it_does_not_know()
    {
        (int exitCode, string output, string errors) = await RunAsync("--routes", "xml");
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("'xml'", errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunningServer.RunAsync([hello.BinaryPath, .. arguments]);
}
