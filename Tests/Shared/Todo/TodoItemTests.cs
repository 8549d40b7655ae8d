using System.Text.Json.Nodes;

namespace Waymark.TestSupport;

/// <summary>Items of Samples/Todo over sockets: JSON, validation, filters, links, streams.</summary>
public abstract class TodoItemTests<TTodo>(TTodo todo) : IClassFixture<TTodo>
    where TTodo : RunningTodo
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_item_is_added_found_done_and_removed()
    {
        string item = await todo.AddAsync(
            """{"title":"Water plants","due":"2026-05-01","tags":["home"],"repeat":{"count":3,"every":"days"}}""");

        Answer found = await todo.AskAsync("GET", item);
        Assert.Equal((200, "application/json"), (found.Status, found.Field("Content-Type")));
        Assert.Equal(
            $$$"""
            {"id":{{{item["/items/".Length..]}}},"title":"Water plants","priority":"Normal","due":"2026-05-01",
            "isDone":false,"tags":["home"],"repeat":{"every":"days","count":3}}
            """.ReplaceLineEndings(""),
            found.Text);
        Assert.Equal(204, (await todo.AskAsync("POST", $"{item}/done")).Status);
        Answer again = await todo.AskAsync("POST", $"{item}/done");
        Assert.Equal(("409 conflict", "The item is done already."), (again.Problem, (string?)again.Json["detail"]));
        Assert.True((bool)(await todo.AskAsync("GET", item)).Json["isDone"]!);
        Assert.Equal(204, (await todo.AskAsync("DELETE", item)).Status);
        Assert.Equal("404 not-found", (await todo.AskAsync("GET", item)).Problem);
        Assert.Equal("404 not-found", (await todo.AskAsync("DELETE", item)).Problem);
    }

    [Theory]
    [InlineData("GET", "/items", 200, "no-store")]
    [InlineData("GET", "/items/99999", 404, "no-store")]
    [InlineData("GET", "/items?page=x", 400, "no-store")]
    [InlineData("GET", "/nowhere", 404, null)]
    public async Task No_cache_keeps_what_the_items_answer(string method, string path, int status, string? control)
    {
        Answer answer = await todo.AskAsync(method, path);

        Assert.Equal((status, control), (answer.Status, answer.Field("Cache-Control")));
    }

    [Theory]
    [InlineData("""{"title":"","repeat":{"every":"days","count":0}}""", "#/title", "#/repeat/count")]
    [InlineData(
        """{"title":"a","tags":["1","2","3","4","5","6"],"repeat":{"every":"weekday","day":"Friday"}}""",
        "#/tags", "#/due")]
    public async Task All_that_is_wrong_with_an_item_is_pointed_to(string json, params string[] pointers)
    {
        Answer answer = await todo.AskAsync("POST", "/items", json);

        Assert.Equal("400 validation", answer.Problem);
        Assert.Equal(pointers, answer.ErrorPlaces);
    }

    [Theory]
    [InlineData("{\"title\":")]
    [InlineData("{}")]
    [InlineData("""{"title":null}""")]
    [InlineData("""{"title":"a","priority":"Huge"}""")]
    [InlineData("""{"title":"a","due":"tomorrow"}""")]
    [InlineData("""{"title":"a","repeat":{"every":"century"}}""")]
    public async Task JSON_that_is_no_item_is_refused(string json) =>
        Assert.Equal(400, (await todo.AskAsync("POST", "/items", json)).Status);

    [Fact]
    public async Task Filters_are_lists_enums_dates_and_flags()
    {
        string low = await todo.AddAsync("""{"title":"Filter A","priority":"Low","tags":["f1"]}""");
        string dated = await todo.AddAsync("""{"title":"filter b","due":"2026-03-01","tags":["f1","f2"]}""");
        string done = await todo.AddAsync("""{"title":"Filter c","due":"2026-03-02","tags":["f1","f2"]}""");
        await todo.AskAsync("POST", $"{done}/done");

        Assert.Equal([low, dated, done], await ListAsync("tag=f1"));
        Assert.Equal([dated, done], await ListAsync("tag=f1&tag=f2"));
        Assert.Equal([low], await ListAsync("tag=f1&priority=Low"));
        Assert.Equal([dated], await ListAsync("tag=f1&dueBy=2026-03-01"));
        Assert.Equal([done], await ListAsync("tag=f1&done=true"));
        Assert.Equal([dated], await ListAsync("tag=f1&text=FILTER%20B"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_query_is_named()
    {
        Answer unread = await todo.AskAsync("GET", "/items?priority=Huge&dueBy=soon&page=1&done=maybe");
        Answer unmet = await todo.AskAsync("GET", "/items?page=0&size=101");

        Assert.Equal("400 invalid-parameters", unread.Problem);
        Assert.Equal(["query priority", "query done", "query dueBy"], unread.ErrorPlaces);
        Assert.Equal(["query page", "query size"], unmet.ErrorPlaces);
    }

    [Fact]
    public async Task Next_leads_through_the_same_filters()
    {
        const string Match = """{"title":"Pay & file","priority":"High","due":"2026-01-01","tags":["a b","&"]}""";
        string[] expected = [await todo.AddAsync(Match), await todo.AddAsync(Match), await todo.AddAsync(Match)];
        foreach ((string from, string to) in new[] { ("High", "Low"), ("& file", ""), ("a b", "c"), ("2026", "2027") })
            await todo.AddAsync(Match.Replace(from, to, StringComparison.Ordinal));
        string done = await todo.AddAsync(Match);
        await todo.AskAsync("POST", $"{done}/done");

        var found = new List<string>();
        string? next = "/items?priority=High&done=false&dueBy=2026-12-31&text=%26&tag=a%20b&tag=%26&size=1";
        for (; next is not null; next = (string?)(await todo.AskAsync("GET", next)).Json["next"])
            found.AddRange(await ListAsync(next["/items?".Length..]));

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Everything_is_exported_one_item_a_line()
    {
        string item = await todo.AddAsync("""{"title":"Export \n me"}""");

        Answer answer = await todo.AskAsync("GET", "/items/export");

        Assert.Equal("application/x-ndjson", answer.Field("Content-Type"));
        string[] lines = answer.Text.TrimEnd('\n').Split('\n');
        Assert.Contains(item, lines.Select(line => $"/items/{JsonNode.Parse(line)!["id"]}"));
    }

    [Fact]
    public async Task Changes_are_told_as_they_happen()
    {
        using HttpResponseMessage answer = await todo.Client.GetAsync(
            new Uri("/items/changes", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        string item = await todo.AddAsync("""{"title":"Tell me"}""");
        await todo.AskAsync("DELETE", item);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: added", await LineAsync(reader));
        string data = await LineAsync(reader);
        Assert.Equal("Tell me", (string?)JsonNode.Parse(data["data:".Length..])!["item"]!["title"]);
        Assert.Equal("event: removed", await LineAsync(reader));
    }

    private static async Task<string> LineAsync(StreamReader reader)
    {
        while (true)
        {
            if (await reader.ReadLineAsync(Stop) is not "" and { } line)
                return line;
        }
    }

    private async Task<string[]> ListAsync(string query)
    {
        Answer answer = await todo.AskAsync("GET", $"/items?{query}");
        return [.. answer.Json["items"]!.AsArray().Select(item => $"/items/{item!["id"]}")];
    }
}
