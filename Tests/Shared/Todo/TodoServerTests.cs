using System.Text.Json.Nodes;

namespace Waymark.TestSupport;

/// <summary>Samples/Todo as a whole: its documents, its settings, its errors, its end.</summary>
public abstract class TodoServerTests<TTodo>(TTodo todo) : IClassFixture<TTodo>
    where TTodo : RunningTodo
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_OpenAPI_document_is_whole()
    {
        Answer answer = await todo.AskAsync("GET", "/openapi.json");
        JsonNode document = answer.Json;

        Assert.Equal("application/json", answer.Field("Content-Type"));
        Assert.StartsWith("3.1.", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.Equal("Todo", (string?)document["info"]!["title"]);
        string[] operations =
        [
            .. document["paths"]!.AsObject().SelectMany(
                path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key}"))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            [
                "delete /items/{id}", "delete /items/{id}/files/{name}", "delete /todos", "delete /todos/{id}",
                "get /items", "get /items/changes", "get /items/export", "get /items/{id}", "get /items/{id}/files",
                "get /items/{id}/files/{name}", "get /todos", "get /todos/{id}", "patch /todos/{id}", "post /items",
                "post /items/{id}/done", "post /items/{id}/files", "post /todos",
            ],
            operations);
        Assert.All(References(document), reference => Assert.NotNull(Resolve(document, reference)));
        Assert.Equal(
            304, (await todo.AskAsync("GET", "/openapi.json", null, ("If-None-Match", answer.Field("ETag")!))).Status);
    }

    [Fact]
    public async Task The_documentation_page_is_served()
    {
        Answer answer = await todo.AskAsync("GET", "/docs");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("text/html", answer.Field("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("<title>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_item_too_many_is_answered_429_until_one_is_removed()
    {
        await using RunningServer server = await todo.StartAsync(("TODO_ITEMS_MAX", "1"));
        var items = new Uri("/items", UriKind.Relative);
        using HttpResponseMessage first = await server.Client.PostAsync(items, NewItem(), Stop);
        using HttpResponseMessage second = await server.Client.PostAsync(items, NewItem(), Stop);
        using HttpResponseMessage removed = await server.Client.DeleteAsync(first.Headers.Location, Stop);
        using HttpResponseMessage third = await server.Client.PostAsync(items, NewItem(), Stop);

        HttpResponseMessage[] answers = [first, second, removed, third];
        Assert.Equal([201, 429, 204, 201], answers.Select(answer => (int)answer.StatusCode));
        JsonNode problem = JsonNode.Parse(await second.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal("urn:waymark:problem:too-many-requests", (string?)problem["type"]);
        Assert.Equal("There are too many items; remove some first.", (string?)problem["detail"]);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Contains("POST /items: QuotaException\n", server.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("many")]
    public async Task A_limit_that_is_none_ends_the_program(string limit)
    {
        (int exitCode, string output, string errors) = await RunningServer.RunAsync(
            todo.Command, ("TODO_ITEMS_MAX", limit));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal($"TODO_ITEMS_MAX is '{limit}'; it must be a whole number from 1 to 10000.\n", errors);
    }

    [Fact]
    public async Task An_exception_is_told_to_the_hook_and_answered_by_the_nearest_mapping()
    {
        string item = await todo.AddAsync();
        string moved = todo.FilesFolder + ".moved";
        Directory.Move(todo.FilesFolder, moved);
        try
        {
            Answer answer = await todo.UploadAsync($"{item}/files", "a.txt", "a"u8.ToArray());

            Assert.Equal((507, "The file cannot be kept."), (answer.Status, (string?)answer.Json["detail"]));
        }
        finally
        {
            Directory.Move(moved, moved[..^".moved".Length]);
        }
    }

    [Fact]
    public async Task SIGTERM_ends_it_with_exit_code_0_also_with_a_client_that_watches()
    {
        await using RunningServer server = await todo.StartAsync();
        using HttpResponseMessage changes = await server.Client.GetAsync(
            new Uri("/items/changes", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);

        Assert.Equal(0, await server.TerminateAsync());
    }

    private static StringContent NewItem() => new("""{"title":"a"}""", null, "application/json");

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue reference }
            ? [(string)reference!]
            : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference) =>
        reference.Split('/')[1..].Aggregate((JsonNode?)document, (node, name) => node?[name]);
}
