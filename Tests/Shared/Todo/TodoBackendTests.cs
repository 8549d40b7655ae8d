using System.Text.Json.Nodes;

namespace Waymark.TestSupport;

/// <summary>The contract of todobackend.com, case by case as its own suite has them, on Samples/Todo.</summary>
public abstract class TodoBackendTests<TTodo>(TTodo todo) : IClassFixture<TTodo>, IAsyncLifetime
    where TTodo : RunningTodo
{
    private const string Root = "/todos";
    private const string Origin = "https://todobackend.example";

    public async ValueTask InitializeAsync() =>
        Assert.Equal(204, (await todo.AskAsync("DELETE", Root)).Status);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    // The pre-requisites.
    [Fact]
    public async Task The_root_answers_GET_with_what_is_there()
    {
        Assert.Equal("[]", (await todo.AskAsync("GET", Root)).Text);
        await AddAsync("""{"title":"walk the dog"}""");
        await AddAsync("""{"title":"buy milk"}""");
        JsonArray all = (await todo.AskAsync("GET", Root)).Json.AsArray();
        Assert.Equal(["walk the dog", "buy milk"], all.Select(entry => (string?)entry!["title"]));
        Assert.Equal(204, (await todo.AskAsync("DELETE", Root)).Status);
        Assert.Equal("[]", (await todo.AskAsync("GET", Root)).Text);
    }

    [Fact]
    public async Task POST_answers_with_the_entry_and_where_it_is()
    {
        Answer answer = await todo.AskAsync("POST", Root, """{"title":"a todo"}""");
        Assert.Equal(201, answer.Status);
        Assert.Equal("a todo", (string?)answer.Json["title"]);
        Assert.Equal(answer.Field("Location"), (string?)answer.Json["url"]);
    }

    // Storing new todos.
    [Fact]
    public async Task A_new_entry_is_not_completed() =>
        Assert.False((bool)(await AddAsync("""{"title":"blah"}"""))["completed"]!);

    [Fact]
    public async Task An_entry_has_an_absolute_url_that_leads_to_it()
    {
        JsonNode added = await AddAsync("""{"title":"my todo"}""");
        Assert.StartsWith(
            $"{todo.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{Root}/", (string)added["url"]!,
            StringComparison.Ordinal);
        Assert.Equal(added.ToJsonString(), (await todo.AskAsync("GET", PathOf(added))).Text);
        JsonNode listed = (await todo.AskAsync("GET", Root)).Json[0]!;
        Assert.Equal(added.ToJsonString(), (await todo.AskAsync("GET", PathOf(listed))).Text);
    }

    // Working with an existing todo.
    [Theory]
    [InlineData("""{"title":"bathe the cat"}""", "bathe the cat", false, null)]
    [InlineData("""{"completed":true}""", "start", true, null)]
    [InlineData("""{"title":"changed title","completed":true}""", "changed title", true, null)]
    [InlineData("""{"order":95}""", "start", false, 95)]
    [InlineData("{}", "start", false, null)]
    public async Task PATCH_changes_what_it_names_for_good(string change, string title, bool isCompleted, int? order)
    {
        JsonNode added = await AddAsync("""{"title":"start"}""");
        Answer answer = await todo.AskAsync("PATCH", PathOf(added), change);
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            (title, isCompleted, order, (string?)added["url"]),
            ((string)answer.Json["title"]!, (bool)answer.Json["completed"]!, (int?)answer.Json["order"],
                (string?)answer.Json["url"]));
        Assert.Equal(answer.Text, (await todo.AskAsync("GET", PathOf(added))).Text);
        Assert.Equal($"[{answer.Text}]", (await todo.AskAsync("GET", Root)).Text);
    }

    [Fact]
    public async Task DELETE_removes_one_entry()
    {
        JsonNode gone = await AddAsync("""{"title":"gone"}""");
        JsonNode stays = await AddAsync("""{"title":"stays"}""");
        Assert.Equal(204, (await todo.AskAsync("DELETE", PathOf(gone))).Status);
        Assert.Equal($"[{stays.ToJsonString()}]", (await todo.AskAsync("GET", Root)).Text);
        foreach (string method in (string[])["GET", "DELETE"])
            Assert.Equal("404 not-found", (await todo.AskAsync(method, PathOf(gone))).Problem);
        Assert.Equal("404 not-found", (await todo.AskAsync("PATCH", PathOf(gone), "{}")).Problem);
    }

    // Tracking todo order.
    [Fact]
    public async Task An_entry_may_have_an_order() =>
        Assert.Equal(523, (int)(await AddAsync("""{"title":"blah","order":523}"""))["order"]!);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":""}""")]
    [InlineData("""{"title":null}""")]
    public async Task An_entry_has_a_title(string json) =>
        Assert.Contains((await todo.AskAsync("POST", Root, json)).Status, (int[])[400, 422]);

    // What makes it work from another origin.
    [Theory]
    [InlineData(Root, "GET, HEAD, POST, DELETE")]
    [InlineData(Root + "/1", "GET, HEAD, PATCH, DELETE")]
    public async Task A_preflight_allows_what_the_path_answers(string path, string methods)
    {
        foreach (string method in methods.Split(", "))
        {
            Answer answer = await todo.AskAsync(
                "OPTIONS", path, null, ("Origin", Origin), ("Access-Control-Request-Method", method),
                ("Access-Control-Request-Headers", "content-type"));
            Assert.InRange(answer.Status, 200, 204);
            Assert.Equal("*", answer.Field("Access-Control-Allow-Origin"));
            Assert.Contains(method, answer.Field("Access-Control-Allow-Methods"), StringComparison.Ordinal);
            Assert.Contains(
                "content-type", answer.Field("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("GET", Root)]
    [InlineData("GET", Root + "/999999")]
    [InlineData("POST", Root)]
    public async Task Every_answer_can_be_read_errors_too(string method, string path)
    {
        Answer answer = await todo.AskAsync(method, path, null, ("Origin", Origin));
        Assert.Equal("*", answer.Field("Access-Control-Allow-Origin"));
    }

    private static string PathOf(JsonNode entry) => new Uri((string)entry["url"]!).AbsolutePath;

    private async Task<JsonNode> AddAsync(string json)
    {
        Answer answer = await todo.AskAsync("POST", Root, json);
        Assert.Equal(201, answer.Status);
        return answer.Json;
    }
}
