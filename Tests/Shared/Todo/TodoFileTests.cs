using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Waymark.TestSupport;

/// <summary>Files of Samples/Todo over sockets: uploads that come whole or not at all, downloads, clean-up.</summary>
public abstract class TodoFileTests<TTodo>(TTodo todo) : IClassFixture<TTodo>
    where TTodo : RunningTodo
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("page.html", "page.html", "attachment; filename=\"page.html\"", "text/html")]
    [InlineData(
        "caf\u00e9 1.txt", "caf%C3%A9%201.txt",
        "attachment; filename=\"caf_ 1.txt\"; filename*=UTF-8''caf%C3%A9%201.txt", "text/plain")]
    public async Task A_file_is_kept_listed_and_sent_to_be_saved(
        string name, string segment, string disposition, string mediaType)
    {
        string files = $"{await todo.AddAsync()}/files";

        Answer added = await todo.UploadAsync(files, name, "<b>hello</b>"u8.ToArray());
        Assert.Equal((201, $"{files}/{segment}"), (added.Status, added.Field("Location")));
        Assert.Equal((name, 12, added.Field("Location")),
            ((string?)added.Json["name"], (int)added.Json["bytes"]!, (string?)added.Json["link"]));
        Assert.Equal($"[{added.Text}]", (await todo.AskAsync("GET", files)).Text);

        Answer read = await todo.AskAsync("GET", $"{files}/{segment}");
        Assert.Equal((200, "<b>hello</b>"), (read.Status, read.Text));
        Assert.Equal(disposition, read.Field("Content-Disposition"));
        Assert.StartsWith(mediaType, read.Field("Content-Type"), StringComparison.Ordinal);

        Assert.Equal(204, (await todo.AskAsync("DELETE", $"{files}/{segment}")).Status);
        Assert.Equal("404 not-found", (await todo.AskAsync("GET", $"{files}/{segment}")).Problem);
        Assert.Equal("404 not-found", (await todo.AskAsync("DELETE", $"{files}/{segment}")).Problem);
        Assert.Equal("[]", (await todo.AskAsync("GET", files)).Text);
    }

    [Fact]
    public async Task A_file_is_sent_in_parts()
    {
        string files = $"{await todo.AddAsync()}/files";
        string file = (await todo.UploadAsync(files, "digits", "0123456789"u8.ToArray())).Field("Location")!;

        Answer part = await todo.AskAsync("GET", file, null, ("Range", "bytes=2-4"));
        Answer behind = await todo.AskAsync("GET", file, null, ("Range", "bytes=10-"));
        Answer known = await todo.AskAsync("GET", file, null, ("If-None-Match", part.Field("ETag")!));

        Assert.Equal((206, "bytes 2-4/10", "234"), (part.Status, part.Field("Content-Range"), part.Text));
        Assert.Equal(("416 range-not-satisfiable", "bytes */10"), (behind.Problem, behind.Field("Content-Range")));
        Assert.Equal(304, known.Status);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict_and_the_file_stays()
    {
        string files = $"{await todo.AddAsync()}/files";
        await todo.UploadAsync(files, "a.txt", "old"u8.ToArray());

        Assert.Equal("409 conflict", (await todo.UploadAsync(files, "a.txt", "newer"u8.ToArray())).Problem);
        Assert.Equal("old", (await todo.AskAsync("GET", $"{files}/a.txt")).Text);
    }

    [Fact]
    public async Task An_item_takes_its_files_with_it()
    {
        string item = await todo.AddAsync();
        string other = await todo.AddAsync();
        await todo.UploadAsync($"{item}/files", "a.txt", "a"u8.ToArray());
        await todo.UploadAsync($"{item}/files", "b.txt", "b"u8.ToArray());
        await todo.UploadAsync($"{other}/files", "a.txt", "stays"u8.ToArray());

        Assert.Equal(204, (await todo.AskAsync("DELETE", item)).Status);
        Assert.Empty(FilesOf(item));
        Assert.Equal("404 not-found", (await todo.AskAsync("GET", $"{item}/files/a.txt")).Problem);
        Assert.Equal("stays", (await todo.AskAsync("GET", $"{other}/files/a.txt")).Text);
    }

    [Fact]
    public async Task Files_of_an_item_that_there_is_not_are_not_found()
    {
        await File.WriteAllTextAsync(Path.Combine(todo.FilesFolder, "999999-left.txt"), "left", Stop);

        Assert.Equal("404 not-found", (await todo.AskAsync("GET", "/items/999999/files/left.txt")).Problem);
        Assert.Equal("404 not-found", (await todo.AskAsync("GET", "/items/999999/files")).Problem);
        Assert.Equal("404 not-found", (await todo.AskAsync("DELETE", "/items/999999/files/left.txt")).Problem);
        Assert.Equal("404 not-found", (await todo.UploadAsync("/items/999999/files", "a", "a"u8.ToArray())).Problem);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%2Fetc%2Fpasswd")]
    public async Task No_name_leads_elsewhere(string segment) =>
        Assert.Equal("404 not-found", (await todo.AskAsync("GET", $"{await todo.AddAsync()}/files/{segment}")).Problem);

    [Fact]
    public async Task A_form_without_the_file_is_refused_by_name()
    {
        string files = $"{await todo.AddAsync()}/files";
        using var form = new MultipartFormDataContent { { new StringContent("a"), "other" } };
        using HttpResponseMessage answer = await todo.Client.PostAsync(new Uri(files, UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"name\":\"file\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("415 unsupported-media-type", (await todo.AskAsync("POST", files, "{}")).Problem);
    }

    [Fact]
    public async Task A_file_is_there_only_once_all_of_it_is()
    {
        string item = await todo.AddAsync();
        using FileEvents events = new(todo.FilesFolder);
        using var upload = await HalfUpload.StartAsync(todo.Client.BaseAddress!.Port, $"{item}/files", "slow.txt");
        await events.NextAsync(WatcherChangeTypes.Created);

        Assert.Equal("404 not-found", (await todo.AskAsync("GET", $"{item}/files/slow.txt")).Problem);
        Assert.Equal("[]", (await todo.AskAsync("GET", $"{item}/files")).Text);
        Assert.StartsWith("HTTP/1.1 201 ", await upload.FinishAsync(), StringComparison.Ordinal);
        Assert.Equal("first half, second half", (await todo.AskAsync("GET", $"{item}/files/slow.txt")).Text);
    }

    [Fact]
    public async Task An_upload_whose_client_leaves_leaves_nothing()
    {
        string item = await todo.AddAsync();
        using FileEvents events = new(todo.FilesFolder);
        using (await HalfUpload.StartAsync(todo.Client.BaseAddress!.Port, $"{item}/files", "left.txt"))
            await events.NextAsync(WatcherChangeTypes.Created);

        await events.NextAsync(WatcherChangeTypes.Deleted);
        Assert.Equal("[]", (await todo.AskAsync("GET", $"{item}/files")).Text);
    }

    [Fact]
    public async Task An_upload_to_an_item_that_is_removed_meanwhile_leaves_nothing()
    {
        string item = await todo.AddAsync();
        using FileEvents events = new(todo.FilesFolder);
        using var upload = await HalfUpload.StartAsync(todo.Client.BaseAddress!.Port, $"{item}/files", "late.txt");
        await events.NextAsync(WatcherChangeTypes.Created);
        Assert.Equal(204, (await todo.AskAsync("DELETE", item)).Status);

        Assert.StartsWith("HTTP/1.1 404 ", await upload.FinishAsync(), StringComparison.Ordinal);
        Assert.Empty(FilesOf(item));
    }

    private string[] FilesOf(string item) =>
        Directory.GetFiles(todo.FilesFolder, $"{item["/items/".Length..]}-*");

    /// <summary>What happens in a folder; a class has one folder, and its tests run one by one.</summary>
    private sealed class FileEvents : IDisposable
    {
        private readonly Channel<WatcherChangeTypes> _events = Channel.CreateUnbounded<WatcherChangeTypes>();
        private readonly FileSystemWatcher _watcher;

        public FileEvents(string folder)
        {
            _watcher = new FileSystemWatcher(folder);
            _watcher.Created += (_, change) => _events.Writer.TryWrite(change.ChangeType);
            _watcher.Deleted += (_, change) => _events.Writer.TryWrite(change.ChangeType);
            _watcher.EnableRaisingEvents = true;
        }

        public async Task NextAsync(WatcherChangeTypes expected)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            patience.CancelAfter(Patience);
            Assert.Equal(expected, await _events.Reader.ReadAsync(patience.Token));
        }

        public void Dispose() => _watcher.Dispose();
    }

    /// <summary>An upload that stops in the middle of its file.</summary>
    private sealed class HalfUpload : IDisposable
    {
        private const string SecondHalf = "second half\r\n--B--\r\n";

        private readonly TcpClient _client = new();

        public static async Task<HalfUpload> StartAsync(int port, string path, string name)
        {
            string front = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\n\r\nfirst half, ";
            int length = front.Length + SecondHalf.Length;
            var upload = new HalfUpload();
            await upload._client.ConnectAsync(IPAddress.Loopback, port, Stop);
            await upload.SendAsync(
                $"POST {path} HTTP/1.1\r\nHost: todo\r\nConnection: close\r\nContent-Length: {length}\r\n"
                + $"Content-Type: multipart/form-data; boundary=B\r\n\r\n{front}");
            return upload;
        }

        public async Task<string> FinishAsync()
        {
            await SendAsync(SecondHalf);
            using var reader = new StreamReader(_client.GetStream(), Encoding.Latin1);
            return await reader.ReadToEndAsync(Stop);
        }

        public void Dispose() => _client.Dispose();

        private async Task SendAsync(string text) =>
            await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Stop);
    }
}
