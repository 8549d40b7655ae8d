using System.Net;
using System.Net.Http.Headers;
using Waymark.Testing;

namespace Waymark.Samples.Tests;

/// <summary>Lessons 1 to 6: routes, values, JSON, mistakes.</summary>
public sealed class FirstLessonTests
{
    [Theory]
    [InlineData("/", 200, "Hello, world!\n")]
    [InlineData("/hello/Ada", 200, "Hello, Ada!\n")]
    [InlineData("/add/2/3", 200, "2 + 3 = 5\n")]
    [InlineData("/add/2147483647/1", 200, "2147483647 + 1 = 2147483648\n")]
    [InlineData("/add/2/x", 400, "'b'")]
    [InlineData("/hello/", 404, "not-found")]
    public Task Lesson_01(string path, int status, string text) => ExpectAsync("01-hello", "GET", path, status, text);

    [Theory]
    [InlineData("GET", "/books", 200, "all books\n")]
    [InlineData("GET", "/books/7", 200, "book number 7\n")]
    [InlineData("GET", "/books/978-0131103628", 200, "book with ISBN 978-0131103628\n")]
    [InlineData("GET", "/books/new", 200, "a form\n")]
    [InlineData("GET", "/books/7/pages/3", 200, "book 7, page 3\n")]
    [InlineData("GET", "/books/7/pages", 200, "book 7, page 1\n")]
    [InlineData("PUT", "/books/7", 200, "changed, see /books/7\n")]
    [InlineData("PATCH", "/books/7", 200, "changed, see /books/7\n")]
    [InlineData("DELETE", "/books/7", 405, "GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("GET", "/files/a/b.txt", 200, "file a/b.txt\n")]
    [InlineData("GET", "/thumbs/holiday-photo@640.png", 200, "holiday-photo in 640 pixels\n")]
    [InlineData("GET", "/thumbs/photo@0.png", 404, "")]
    [InlineData("GET", "//books", 404, "")]
    public Task Lesson_02(string method, string path, int status, string text) =>
        ExpectAsync("02-routes", method, path, status, text);

    [Theory]
    [InlineData("/search?q=lamp&page=2&order=date&tag=red&tag=new", 200, "lamp: page 2 by Date, tags: red new\n")]
    [InlineData("/search?q=lamp", 200, "lamp: page 1 by Relevance, tags: \n")]
    [InlineData("/search?page=two", 400, "'page'")]
    [InlineData("/search?page=two", 400, "'q'")]
    [InlineData("/me", 200, "any language, UTC, no session\n")]
    [InlineData("/me?tz=CET", 200, "any language, CET, no session\n")]
    [InlineData("/map?west=1&south=2&east=3&north=5", 200, "6 square degrees\n")]
    [InlineData("/colors/ff8800", 200, "red 255, green 136, blue 0\n")]
    [InlineData("/colors/orange", 400, "'color'")]
    [InlineData("/count/%C3%A4", 200, "2 octets\n")]
    public Task Lesson_03(string path, int status, string text) =>
        ExpectAsync("03-binding", "GET", path, status, text);

    [Fact]
    public async Task Lesson_03_takes_a_form_with_a_file()
    {
        await using TestHost host = await Course.StartAsync("03-binding");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Cat"), "title" },
            { new StringContent("<svg/>", new MediaTypeHeaderValue("image/svg+xml")), "picture", "cat.svg" },
        };
        using HttpResponseMessage answer = await host.Client.PostAsync("/upload", form);
        Assert.Equal("Cat: cat.svg, image/svg+xml\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Lesson_04()
    {
        await using TestHost host = await Course.StartAsync("04-json");
        using HttpResponseMessage added = await host.Client.PostAsync(
            "/notes", Json("""{"text":"Buy milk","mood":"Merry"}"""));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        string place = added.Headers.Location!.ToString();
        string id = place["/notes/".Length..];
        string note = $$"""{"id":{{id}},"text":"Buy milk","mood":"Merry"}""";
        Assert.Equal(note, await added.Content.ReadAsStringAsync());
        Assert.Equal(note, await host.Client.GetStringAsync(place));
        Assert.Equal($"[{note}]", await host.Client.GetStringAsync("/notes"));

        using HttpResponseMessage changed = await host.Client.PutAsync(place, Json("""{"text":"Buy tea"}"""));
        Assert.Equal($$"""{"id":{{id}},"text":"Buy tea","mood":"Calm"}""", await changed.Content.ReadAsStringAsync());
        using HttpResponseMessage broken = await host.Client.PostAsync("/notes", Json("""{"text":}"""));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        using HttpResponseMessage form = await host.Client.PostAsync("/notes", new StringContent("text=milk"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.DeleteAsync(place)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(place)).StatusCode);
        using HttpResponseMessage gone = await host.Client.PutAsync(place, Json("""{"text":"Buy tea"}"""));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Lesson_05()
    {
        await using TestHost host = await Course.StartAsync("05-validation");
        const string Right = """
            {"number":7,"email":"ada@example.org","lines":[{"article":"AB1234","count":2}],
             "ordered":"2026-03-01","wanted":"2026-03-02"}
            """;
        using HttpResponseMessage added = await host.Client.PostAsync("/orders", Json(Right));
        Assert.Equal("/orders/7", added.Headers.Location!.ToString());

        string wrong = Right.Replace("\"number\":7", "\"number\":0", StringComparison.Ordinal)
            .Replace("AB1234", "x", StringComparison.Ordinal);
        using HttpResponseMessage refused = await host.Client.PostAsync("/orders", Json(wrong));
        string problem = await refused.Content.ReadAsStringAsync();
        Assert.Contains("#/number", problem, StringComparison.Ordinal);
        Assert.Contains("#/lines/0/article", problem, StringComparison.Ordinal);

        string late = Right.Replace("2026-03-02", "2026-02-28", StringComparison.Ordinal);
        using HttpResponseMessage tooEarly = await host.Client.PostAsync("/orders", Json(late));
        Assert.Contains("#/wanted", await tooEarly.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ExpectAsync("05-validation", "GET", "/orders/0", 400, "from 1 to 999999");
        await ExpectAsync("05-validation", "GET", "/orders?customer=x", 400, "'customer'");
        await ExpectAsync("05-validation", "GET", "/orders", 200, "20 orders of everybody\n");
    }

    [Theory]
    [InlineData("GET", "/accounts/ada", 200, """{"name":"ada","amount":100}""")]
    [InlineData("GET", "/accounts/eve", 404, "problem")]
    [InlineData("POST", "/accounts/ada/payments?amount=130", 402, "\"missing\":30")]
    [InlineData("POST", "/accounts/ada/payments?amount=30", 200, """{"name":"ada","amount":70}""")]
    [InlineData("DELETE", "/accounts/ada", 409, "Account in use")]
    [InlineData("GET", "/bug", 500, "internal")]
    public async Task Lesson_06(string method, string path, int status, string text)
    {
        string answer = await ExpectAsync("06-errors", method, path, status, text);
        Assert.DoesNotContain("1234", answer, StringComparison.Ordinal);
    }

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));

    private static async Task<string> ExpectAsync(string name, string method, string path, int status, string text)
    {
        await using TestHost host = await Course.StartAsync(name);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage answer = await host.Client.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {body}");
        if (status == 200)
            Assert.Equal(text, body);
        else
            Assert.Contains(text, body, StringComparison.Ordinal);
        return body;
    }
}
