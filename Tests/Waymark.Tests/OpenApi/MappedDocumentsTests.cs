using System.Net;
using Waymark.Tests.Support;

namespace Waymark.Tests.OpenApi;

/// <summary>MapOpenApi and MapDocs as a client sees them: RFC 9110, and what stops the start.</summary>
public sealed class MappedDocumentsTests
{
    private const string Document = """{"openapi":"3.1.0","info":{"title":"Ö"}}""";

    private static readonly ServerOptions Options = new() { Logger = new ListLogger() };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_served_as_it_is()
    {
        await using HttpServer server = await New().MapOpenApi().StartAsync("http://127.0.0.1:0");
        using HttpClient client = ClientOf(server);
        using HttpResponseMessage answer = await client.GetAsync("/openapi.json", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Document, await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(client, HttpMethod.Get, "/docs/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(client, HttpMethod.Get, "/openapi.json/"));
    }

    [Fact]
    public async Task The_entity_tag_changes_with_the_bytes_only()
    {
        var tags = new List<string>();
        foreach (string text in new[] { "{\"a\":1}", "{\"a\":1}", "{\"a\":2}" })
        {
            await using HttpServer server = await New(text).MapOpenApi().StartAsync("http://127.0.0.1:0");
            using HttpClient client = ClientOf(server);
            using HttpResponseMessage answer = await client.GetAsync("/openapi.json", Stop);
            tags.Add(answer.Headers.ETag!.Tag);
        }

        Assert.Equal(tags[0], tags[1]);
        Assert.NotEqual(tags[0], tags[2]);
    }

    // RFC 9110 section 13.1.2: "*", or a list compared weakly; a comma may stand inside a tag.
    [Theory]
    [InlineData("{tag}", 304)]
    [InlineData("W/{tag}", 304)]
    [InlineData("\"a,b\", {tag}", 304)]
    [InlineData("\"a\",{tag},\"b\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("{sibling}", 200)]
    [InlineData("\"*\"", 200)]
    [InlineData("\"", 200)]
    [InlineData("unquoted", 200)]
    public async Task A_client_that_has_the_bytes_gets_304(string field, int status)
    {
        await using HttpServer server = await New().MapOpenApi().StartAsync("http://127.0.0.1:0");
        using HttpClient client = ClientOf(server);
        using HttpResponseMessage first = await client.GetAsync("/openapi.json", Stop);
        string tag = first.Headers.ETag!.Tag;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        string sibling = tag[..^2] + (tag[^2] == '0' ? "1\"" : "0\"");
        request.Headers.TryAddWithoutValidation("if-none-match", field
            .Replace("{tag}", tag, StringComparison.Ordinal).Replace("{sibling}", sibling, StringComparison.Ordinal));
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(tag, answer.Headers.ETag!.Tag);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(status == 304 ? "" : Document, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task HEAD_says_the_length_and_sends_no_body()
    {
        await using HttpServer server = await New().MapOpenApi().StartAsync("http://127.0.0.1:0");
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync("HEAD /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string answer = await peer.ReceiveToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Document.Length + 1}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/docs/", 405)]
    [InlineData("DELETE", "/docs", 405)]
    [InlineData("PURGE", "/docs/docs.js", 405)]
    [InlineData("PUT", "/docs/openapi.json", 405)]
    [InlineData("OPTIONS", "/docs/", 200)]
    public async Task Other_methods_are_told_which_ones_there_are(string method, string path, int status)
    {
        await using HttpServer server = await New().MapDocs().StartAsync("http://127.0.0.1:0");
        using HttpClient client = ClientOf(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task A_mapped_path_comes_before_a_catch_all_and_inside_the_middleware()
    {
        var seen = new List<string>();
        HttpServer server = new HttpServer(new CatchAllTable(), Options).MapDocs("/api/docs/");
        server.Use(next => exchange =>
        {
            seen.Add(exchange.Request.Path);
            return next(exchange);
        });
        await using (await server.StartAsync("http://127.0.0.1:0"))
        {
            using HttpClient client = ClientOf(server);
            Assert.Equal("{}", await client.GetStringAsync("/api/docs/openapi.json", Stop));
            Assert.Equal("caught", await client.GetStringAsync("/api/docs/other", Stop));
            Assert.Equal("caught", await client.GetStringAsync("/API/DOCS", Stop));
            Assert.Equal(HttpStatusCode.PermanentRedirect, await StatusOfAsync(client, HttpMethod.Get, "/api/doc%73"));
            Assert.Equal(HttpStatusCode.PermanentRedirect, await StatusOfAsync(client, HttpMethod.Head, "/api/docs"));
            Assert.Equal(["/api/docs/openapi.json", "/api/docs/other", "/API/DOCS", "/api/docs", "/api/docs"], seen);
        }
    }

    [Fact]
    public async Task A_table_without_a_document_fails_the_start_and_says_where_it_comes_from()
    {
        foreach (Func<HttpServer, HttpServer> map in new Func<HttpServer, HttpServer>[]
            { server => server.MapOpenApi(), server => server.MapDocs() })
        {
            await using HttpServer server = map(New(""));
            var e = await Assert.ThrowsAsync<OptionsException>(() => server.StartAsync("http://127.0.0.1:0"));
            Assert.StartsWith(
                "The route table FixedTable has no OpenAPI document", Assert.Single(e.Problems),
                StringComparison.Ordinal);
            Assert.Contains(
                "emits the document where the project itself calls MapOpenApi or MapDocs", e.Message,
                StringComparison.Ordinal);
            Assert.Empty(server.Endpoints);
        }
    }

    [Theory]
    [InlineData("GET", "/docs", "/docs")]
    [InlineData("POST", "/docs/", "/docs/")]
    [InlineData("*", "/Docs", "/docs")]
    [InlineData("GET", "/docs/:page?", "/docs")]
    [InlineData("GET", "/docs/*path?", "/docs/")]
    [InlineData("GET", "/docs/docs.js", "/docs/docs.js")]
    public async Task A_path_that_is_a_route_too_fails_the_start(string method, string template, string path)
    {
        var table = new FixedTable(new RouteInfo(method, template, "Manual.Read")) { Document = Document };
        await using HttpServer server = new HttpServer(table, Options).MapDocs();
        var e = await Assert.ThrowsAsync<OptionsException>(() => server.StartAsync("http://127.0.0.1:0"));
        string problem = Assert.Single(e.Problems);
        Assert.StartsWith($"\"{path}\" is mapped", problem, StringComparison.Ordinal);
        Assert.Contains($"{method} {template} (Manual.Read)", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/:page")]
    [InlineData("/*rest")]
    [InlineData("/docs/:page")]
    [InlineData("/docs/*rest")]
    [InlineData("/docsx")]
    [InlineData("/:page?")]
    public async Task A_route_of_many_paths_is_no_conflict(string template)
    {
        var table = new FixedTable(new RouteInfo("GET", template, "Manual.Read")) { Document = Document };
        await using HttpServer server = await new HttpServer(table, Options).MapDocs().StartAsync("http://127.0.0.1:0");
        Assert.Single(server.Endpoints);
    }

    [Fact]
    public async Task A_path_given_twice_fails_the_start_and_is_named_once()
    {
        await using HttpServer server = New().MapOpenApi("/docs/docs.js").MapDocs().MapOpenApi("/a").MapOpenApi("/a");
        var e = await Assert.ThrowsAsync<OptionsException>(() => server.StartAsync("http://127.0.0.1:0"));
        Assert.Equal(2, e.Problems.Count);
        Assert.StartsWith("\"/docs/docs.js\" is mapped twice", e.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("\"/a\" is mapped twice", e.Problems[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("docs")]
    [InlineData("//docs")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/a b")]
    [InlineData("/:id")]
    [InlineData("/*")]
    [InlineData("/caf\u00e9")]
    [InlineData("/docs//")]
    [InlineData("/\"><script>")]
    public void A_path_that_cannot_be_mapped_is_refused_at_once(string path)
    {
        HttpServer server = New();
        var e = Assert.Throws<ArgumentException>(() => server.MapDocs(path));
        Assert.StartsWith($"\"{path}\" cannot be mapped", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => server.MapOpenApi(path));
        Assert.Throws<ArgumentException>(() => server.MapOpenApi("/"));
        Assert.Throws<ArgumentNullException>(() => server.MapDocs(null!));
    }

    [Fact]
    public async Task Documents_are_mapped_before_the_start()
    {
        await using HttpServer server = await New().StartAsync("http://127.0.0.1:0");
        Assert.Throws<InvalidOperationException>(() => server.MapDocs());
        Assert.Throws<InvalidOperationException>(() => server.MapOpenApi());
    }

    private static HttpServer New(string document = Document) =>
        new(new FixedTable { Document = document }, Options);

    private static HttpClient ClientOf(HttpServer server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Endpoints[0]) };

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private sealed class CatchAllTable : RouteTable
    {
        public override IReadOnlyList<RouteInfo> Routes { get; } = [new RouteInfo("*", "/*path?", "All.Catch")];

        public override ReadOnlySpan<byte> OpenApi => "{}"u8;

        protected internal override int Match(
            ReadOnlySpan<byte> path, CompilerServices.Verbs verb, ref CompilerServices.RouteMatch match) => 0;

        protected internal override ValueTask InvokeAsync(int route, Exchange exchange)
        {
            exchange.Response.Write("caught");
            return ValueTask.CompletedTask;
        }
    }
}
