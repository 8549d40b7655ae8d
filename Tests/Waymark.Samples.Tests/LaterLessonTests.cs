using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Waymark.Testing;

namespace Waymark.Samples.Tests;

/// <summary>Lessons 7 to 12: what stands around handlers, and what a service needs beside them.</summary>
public sealed class LaterLessonTests
{
    [Fact]
    public async Task Lesson_07()
    {
        await using TestHost host = await Course.StartAsync("07-middleware");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using HttpResponseMessage answer = await host.Client.SendAsync(request);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.StartsWith("handler;dur=", answer.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.GetValues("X-Request-Id").Single());

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("/admin")).StatusCode);
        host.Client.DefaultRequestHeaders.Add("X-Tenant", "acme");
        Assert.Equal("tenant acme\n", await host.Client.GetStringAsync("/admin"));
        using HttpResponseMessage half = await host.Client.DeleteAsync("/admin/cache");
        Assert.Contains("X-Really", await half.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        host.Client.DefaultRequestHeaders.Add("X-Really", "yes");
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.DeleteAsync("/admin/cache")).StatusCode);
    }

    [Fact]
    public async Task Lesson_08()
    {
        await using TestHost host = await Course.StartAsync("08-services", new FixedTime());
        using HttpResponseMessage added = await host.Client.PostAsync(
            "/links", Json("""{"target":"https://example.org/"}"""));
        Assert.Equal(
            """{"name":"0001","target":"https://example.org/","made":"2026-03-01T09:30:00+00:00"}""",
            await added.Content.ReadAsStringAsync());
        using HttpResponseMessage followed = await host.Client.GetAsync(added.Headers.Location);
        Assert.Equal("https://example.org/", followed.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/links/zzzz")).StatusCode);
        using HttpResponseMessage large = await host.Client.PostAsync("/links", Json(new string(' ', 5000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Lesson_09()
    {
        var time = new FixedTime();
        await using TestHost host = await Course.StartAsync("09-streaming", time);
        Assert.Equal(
            """[{"index":1,"value":2},{"index":2,"value":3},{"index":3,"value":5}]""",
            await host.Client.GetStringAsync("/primes?count=3"));
        using var lines = new HttpRequestMessage(HttpMethod.Get, "/primes?count=2");
        lines.Headers.Accept.ParseAdd("application/x-ndjson");
        using HttpResponseMessage answer = await host.Client.SendAsync(lines);
        Assert.Equal(
            "{\"index\":1,\"value\":2}\n{\"index\":2,\"value\":3}\n", await answer.Content.ReadAsStringAsync());

        Assert.Equal(
            "event: tick\nid: 2\ndata: 2\n\nevent: tick\nid: 1\ndata: 1\n\n",
            await host.Client.GetStringAsync("/countdown?from=2"));

        byte[] body = new byte[3_000_000];
        using HttpResponseMessage hash = await host.Client.PostAsync("/sha256", new ByteArrayContent(body));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(body)) + "\n", await hash.Content.ReadAsStringAsync());
        Assert.Equal(2 << 20, (await host.Client.GetByteArrayAsync("/zeros/2")).Length);
    }

    [Fact]
    public async Task Lesson_10()
    {
        await using TestHost host = await Course.StartAsync("10-files");
        using HttpResponseMessage page = await host.Client.GetAsync("/");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.True(page.Headers.CacheControl!.NoCache);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        using HttpResponseMessage script = await host.Client.GetAsync("/app.3fa9c21b.js");
        Assert.Equal(TimeSpan.FromDays(365), script.Headers.CacheControl!.MaxAge);

        using var part = new HttpRequestMessage(HttpMethod.Get, "/");
        part.Headers.Range = new RangeHeaderValue(0, 14);
        using HttpResponseMessage first = await host.Client.SendAsync(part);
        Assert.Equal("<!doctype html>", await first.Content.ReadAsStringAsync());

        using var view = new HttpRequestMessage(HttpMethod.Get, "/some/view");
        view.Headers.Accept.ParseAdd("text/html");
        using HttpResponseMessage fallback = await host.Client.SendAsync(view);
        Assert.Equal(await page.Content.ReadAsStringAsync(), await fallback.Content.ReadAsStringAsync());
        Assert.EndsWith("+00:00\n", await host.Client.GetStringAsync("/api/time"), StringComparison.Ordinal);
        using HttpResponseMessage report = await host.Client.GetAsync("/api/report");
        Assert.Equal("report.html", report.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Fact]
    public async Task Lesson_11()
    {
        var tokens = new Dictionary<string, Principal>
        {
            ["writer"] = new("ada") { Scopes = ["notes:read", "notes:write"] },
            ["reader"] = new("bob") { Scopes = ["notes:read"] },
        };
        await using TestHost host = await Course.StartAsync("11-users", tokens);
        Assert.Equal("Welcome, whoever you are.\n", await host.Client.GetStringAsync("/"));
        using HttpResponseMessage unknown = await host.Client.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal("Bearer", unknown.Headers.WwwAuthenticate.Single().Scheme);

        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "reader");
        Assert.Equal("bob\n", await host.Client.GetStringAsync("/me"));
        using HttpResponseMessage refused = await host.Client.PostAsync("/notes", new StringContent("No"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "writer");
        using HttpResponseMessage added = await host.Client.PostAsync("/notes", new StringContent("Buy milk"));
        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal("ada: Buy milk\n", await host.Client.GetStringAsync("/notes"));
    }

    [Fact]
    public async Task Lesson_12()
    {
        await using TestHost host = await Course.StartAsync("12-operations");
        Assert.EndsWith(" MiB\n", await host.Client.GetStringAsync("/room"), StringComparison.Ordinal);
        Assert.Contains(
            "http_server_request_duration_seconds_count", await host.Client.GetStringAsync("/metrics"),
            StringComparison.Ordinal);
        Assert.Contains("\"disk\"", await host.Client.GetStringAsync("/readyz"), StringComparison.Ordinal);
        Assert.Contains("\"/room\"", await host.Client.GetStringAsync("/openapi.json"), StringComparison.Ordinal);
        using HttpResponseMessage page = await host.Client.GetAsync("/docs/");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Always the same moment; what waits for a time gets it at once.</summary>
    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            TimeProvider.System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
