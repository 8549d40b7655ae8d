using System.Text;
using System.Text.Json.Nodes;

namespace Waymark.TestSupport;

/// <summary>Samples/Todo in a process of its own, with its files below a folder of this test.</summary>
public abstract class RunningTodo : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-todo-").FullName;
    private RunningServer? _server;

    /// <summary>The program and its first arguments.</summary>
    internal abstract string[] Command { get; }

    internal RunningServer Server => _server!;

    internal HttpClient Client => Server.Client;

    /// <summary>Where the program keeps files.</summary>
    internal string FilesFolder => Directory.GetDirectories(_folder, "todo-*").Single();

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Server.TerminateAsync());
        await Server.DisposeAsync();
        Assert.Empty(Directory.GetDirectories(_folder, "todo-*"));
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts one more.</summary>
    internal Task<RunningServer> StartAsync(params (string Name, string Value)[] environment) =>
        RunningServer.StartAsync([.. Command, "http://127.0.0.1:0"], [("TMPDIR", _folder), .. environment]);

    /// <summary>Sends a request without a body, or with one in JSON.</summary>
    internal async Task<Answer> AskAsync(
        string method, string path, string? json = null, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = Request(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in fields)
            request.Headers.Add(name, value);
        return await AskAsync(request);
    }

    /// <summary>Sends a file in the field "file".</summary>
    internal async Task<Answer> UploadAsync(string path, string name, byte[] content)
    {
        using HttpRequestMessage request = Request("POST", path);
        var file = new ByteArrayContent(content);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        // RFC 7578 section 4.2: the name is UTF-8 as it is. (The client's own header types would write RFC 2047.)
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        form.Add(file);
        request.Content = form;
        return await AskAsync(request);
    }

    /// <summary>Adds an item and says where it is.</summary>
    internal async Task<string> AddAsync(string json = """{"title":"Buy milk"}""")
    {
        Answer answer = await AskAsync("POST", "/items", json);
        Assert.Equal(201, answer.Status);
        return answer.Field("Location")!;
    }

    private static HttpRequestMessage Request(string method, string path) =>
        new(new HttpMethod(method), new Uri(path, UriKind.Relative));

    private async Task<Answer> AskAsync(HttpRequestMessage request)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using HttpResponseMessage answer = await Client.SendAsync(request, stop);
        return new Answer(
            (int)answer.StatusCode,
            answer.Headers.Concat(answer.Content.Headers)
                .ToDictionary(field => field.Key, field => field.Value.First(), StringComparer.OrdinalIgnoreCase),
            await answer.Content.ReadAsStringAsync(stop));
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Fields, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    /// <summary>Status and kind of a problem document, such as "404 not-found"; fails where it is none.</summary>
    public string Problem
    {
        get
        {
            Assert.Equal("application/problem+json", Field("Content-Type"));
            Assert.Equal(Status, (int)Json["status"]!);
            return $"{Status} {((string)Json["type"]!).Replace("urn:waymark:problem:", "", StringComparison.Ordinal)}";
        }
    }

    /// <summary>What the errors of a problem document point to: "#/title", or "query page".</summary>
    public string[] ErrorPlaces =>
        [.. Json["errors"]!.AsArray().Select(error => (string?)error!["pointer"] ?? $"{error["in"]} {error["name"]}")];
}
