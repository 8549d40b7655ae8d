using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Waymark.Testing;

namespace WaymarkApi._1.Tests;

public sealed class NotesTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client => _host.Client;

    // The server that the program runs, in memory: no port, nothing to wait for.
    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(Service.Create(new NoteStore()));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_note_is_added_found_listed_and_removed()
    {
        using HttpResponseMessage added = await AddAsync("""{"text":"Buy a lamp"}""");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("/notes/1", added.Headers.Location?.OriginalString);

        const string note = """{"id":1,"text":"Buy a lamp"}""";
        Assert.Equal(note, await Client.GetStringAsync("/notes/1", Stop));
        Assert.Equal($"[{note}]", await Client.GetStringAsync("/notes?text=LAMP", Stop));
        Assert.Equal("[]", await Client.GetStringAsync("/notes?text=desk", Stop));

        using HttpResponseMessage removed = await Client.DeleteAsync("/notes/1", Stop);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using HttpResponseMessage missing = await Client.GetAsync("/notes/1", Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"text":null}""")]
    [InlineData("{}")]
    public async Task A_note_that_says_nothing_is_refused_with_a_problem(string json)
    {
        using HttpResponseMessage refused = await AddAsync(json);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal("[]", await Client.GetStringAsync("/notes", Stop));
    }

    [Fact]
    public async Task The_document_describes_the_routes()
    {
        JsonNode? document = await Client.GetFromJsonAsync<JsonNode>("/openapi.json", Stop);
        Assert.NotNull(document?["paths"]?["/notes/{id}"]?["delete"]);
    }

    private Task<HttpResponseMessage> AddAsync(string json) =>
        Client.PostAsync("/notes", new StringContent(json, null, "application/json"), Stop);
}
