using System.Text.RegularExpressions;
using Waymark.OpenApi;
using Waymark.Tests.Support;
using Waymark.TestSupport;

namespace Waymark.Tests.OpenApi;

/// <summary>The documentation page: how it is served, what it refers to, and what its sources may not do.</summary>
/// <remarks>How it looks and sends is seen in a browser; these hold it to its own files and to safe ways.</remarks>
public sealed partial class DocsPageTests
{
    private const string Folder = "Runtime/Waymark/OpenApi/Page";
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sources => new(
        Directory.GetFiles(Repository.PathOf(Folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    [Theory]
    [InlineData("/docs", "/docs", "docs/")]
    [InlineData("/api/v1/docs", "/api/v1/docs", "docs/")]
    [InlineData("/docs/", "/docs", "docs/")]
    public async Task The_page_lives_below_a_slash(string mapped, string path, string location)
    {
        await using HttpServer server = await StartAsync(server => server.MapDocs(mapped));
        using HttpClient client = ClientOf(server);
        using HttpResponseMessage redirect = await client.GetAsync(path, Stop);
        Assert.Equal(308, (int)redirect.StatusCode);
        Assert.Equal(location, redirect.Headers.Location!.OriginalString);
        using HttpResponseMessage page = await client.GetAsync(path + "/", Stop);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Equal(Policy, Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/docs", null, "/docs/openapi.json")]
    [InlineData("/", null, "/openapi.json")]
    [InlineData("/docs", "/openapi.json", "/openapi.json")]
    [InlineData("/a/b/docs", "/a/spec/v1.json", "/a/spec/v1.json")]
    [InlineData("/docs", "/docs/v1.json", "/docs/v1.json")]
    public async Task All_that_the_page_refers_to_is_served(string docs, string? document, string expected)
    {
        await using HttpServer server = await StartAsync(
            server => document is null ? server.MapDocs(docs) : server.MapOpenApi(document).MapDocs(docs));
        using HttpClient client = ClientOf(server);
        var page = new Uri(client.BaseAddress!, docs.TrimEnd('/') + "/");
        string html = await client.GetStringAsync(page, Stop);
        string address = MetaPattern().Match(html).Groups[1].Value;
        Assert.Equal(expected, new Uri(page, address).AbsolutePath);
        Assert.Equal("{}", await client.GetStringAsync(new Uri(page, address), Stop));

        List<string> references = ReferencePattern().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(["docs.css", "docs.js"], references);
        for (int index = 0; index < references.Count; index++)
        {
            using HttpResponseMessage file = await client.GetAsync(new Uri(page, references[index]), Stop);
            string text = await file.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Stop);
            Assert.Equal(
                references[index].EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript",
                file.Content.Headers.ContentType!.MediaType);
            Assert.Equal(Policy, Assert.Single(file.Headers.GetValues("Content-Security-Policy")));
            references.AddRange(
                ImportPattern().Matches(text).Select(match => match.Groups[1].Value).Except(references));
        }

        // Every file of the folder is served: none lies there unused.
        Assert.Equal(
            Sources.Select(row => row.Data).Where(name => name != "index.html"),
            references.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/docs/", "/openapi.json", "../openapi.json")]
    [InlineData("/docs/", "/docs/openapi.json", "openapi.json")]
    [InlineData("/a/b/", "/a/c/d.json", "../c/d.json")]
    [InlineData("/a/b/", "/ab/d.json", "../../ab/d.json")]
    [InlineData("/", "/a/d.json", "a/d.json")]
    [InlineData("/docs/", "/docs", "../docs")]
    public void A_relative_reference_leads_there(string from, string to, string reference)
    {
        Assert.Equal(reference, DocsPage.RelativePath(from, to));
        var start = new Uri("http://x" + from);
        Assert.Equal(to, new Uri(start, reference).AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_of_the_page_parses_no_markup_runs_no_text_and_names_no_other_host(string name)
    {
        string text = File.ReadAllText(Repository.PathOf($"{Folder}/{name}"));
        Assert.Empty(UnsafePattern().Matches(text).Select(match => match.Value));
        Assert.InRange(text.Split('\n').Length, 1, 400);
    }

    [Theory]
    [InlineData("node.innerHTML = x", true)]
    [InlineData("node.insertAdjacentHTML('x')", true)]
    [InlineData("eval(x)", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("<p onclick=\"x\">", true)]
    [InlineData("<script src=\"https://cdn.example/x.js\">", true)]
    [InlineData("@import url(//fonts.example/x.css)", true)]
    [InlineData("<script type=\"module\" src=\"docs.js\"></script>", false)]
    [InlineData("xmlns='http://www.w3.org/2000/svg'", false)]
    [InlineData("uri: 'https://example.com/'", false)]
    public void The_rule_sees_what_it_should(string text, bool isUnsafe) =>
        Assert.Equal(isUnsafe, UnsafePattern().IsMatch(text));

    private static async Task<HttpServer> StartAsync(Func<HttpServer, HttpServer> map) =>
        await map(new HttpServer(new FixedTable { Document = "{}" }, new ServerOptions { Logger = new ListLogger() }))
            .StartAsync("http://127.0.0.1:0");

    private static HttpClient ClientOf(HttpServer server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Endpoints[0]) };

    [GeneratedRegex("<meta name=\"openapi\" content=\"([^\"]*)\">")]
    private static partial Regex MetaPattern();

    [GeneratedRegex("(?:src|href)=\"(?!data:|#)([^\"]*)\"")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"from '\./([^']+)'")]
    private static partial Regex ImportPattern();

    [GeneratedRegex(
        @"\b(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|<script>|\son\w+=|@import|url\(|//(?!(?:www\.w3\.org/2000/svg|example\.com/))[\w-]+\.[a-z]+[/']")]
    private static partial Regex UnsafePattern();
}
