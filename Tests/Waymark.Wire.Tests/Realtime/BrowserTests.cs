using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>What a browser makes of it: a page runs its script and posts what it has seen.</summary>
public sealed class BrowserTests
{
    private const string EchoPage = """
        <!doctype html><script>
        const sizes = [0, 125, 126, 65536, 1048576], seen = [];
        const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws", ["none", "echo"]);
        socket.binaryType = "arraybuffer";
        const ask = message => new Promise(done => {
          socket.onmessage = e => done(e.data);
          socket.send(message);
        });
        const post = () => fetch("/done", { method: "POST", body: seen.join(" ") });
        socket.onerror = () => { seen.push("error"); post(); };
        socket.onopen = async () => {
          seen.push(socket.protocol, socket.extensions.split(";")[0]);
          for (const size of sizes) {
            const text = "abcdefgh".repeat(size / 8 + 1).slice(0, size);
            seen.push(await ask(text) === text ? "text" + size : "text" + size + "!");
            const bytes = Uint8Array.from({ length: size }, (_, index) => index * 7 + (index >> 8));
            const back = new Uint8Array(await ask(bytes));
            seen.push(back.length === size && back.every((one, index) => one === bytes[index])
              ? "binary" + size : "binary" + size + "!");
          }
          socket.onclose = e => { seen.push(e.code, e.reason, e.wasClean); post(); };
          socket.close(4000, "seen");
        };
        </script>
        """;

    private const string EventsPage = """
        <!doctype html><script>
        const seen = [], events = new EventSource("/events");
        events.onopen = () => seen.push("open");
        events.onerror = () => seen.push("error" + events.readyState);
        events.addEventListener("tick", e => {
          seen.push(e.lastEventId + "=" + e.data.replace("\n", "|"));
          if (e.lastEventId === "4") {
            events.close();
            fetch("/done", { method: "POST", body: seen.join(" ") });
          }
        });
        </script>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_browsers_WebSocket_echoes_text_and_binary_of_all_sizes(bool isCompressed)
    {
        var options = new WebSocketOptions
        {
            Subprotocols = ["echo"],
            Compression = isCompressed ? new WebSocketCompression() : null,
        };
        string seen = await RunAsync(EchoPage, async exchange =>
        {
            if (await WebSockets.AcceptAsync(exchange, options) is { } socket)
                await WireSocket.EchoAsync(socket);
        });
        Assert.Equal(
            $"echo {(isCompressed ? "permessage-deflate" : "")} text0 binary0 text125 binary125 text126 binary126 "
                + "text65536 binary65536 text1048576 binary1048576 4000  true",
            seen);
    }

    [Fact]
    public async Task A_browsers_EventSource_comes_back_with_its_last_id_after_a_drop()
    {
        var lastIds = new List<string?>();
        string seen = await RunAsync(EventsPage, async exchange =>
        {
            string? lastId = exchange.Request.Headers["Last-Event-ID"];
            int count;
            lock (lastIds)
            {
                lastIds.Add(lastId);
                count = lastIds.Count;
            }

            int next = int.Parse(lastId ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1;
            await CompilerServices.ResultWriter.Events(exchange, TwoAsync(next));
            if (count == 1)
                throw new IOException("dropped"); // The answer has begun: the connection is reset.
        });
        Assert.Equal("open 1=line|1 2=line|2 error0 open 3=line|3 4=line|4", seen);

        // Where the reset overtakes the first events, the browser asks once more before it has seen any.
        Assert.Null(lastIds[0]);
        Assert.Equal("2", lastIds[^1]);
    }

    [Fact]
    public async Task A_page_of_another_origin_gets_no_socket()
    {
        await using HttpServer other = await StartAsync("", static async exchange =>
        {
            if (await WebSockets.AcceptAsync(exchange) is { } socket)
                await WireSocket.EchoAsync(socket);
        });
        string page = EchoPage.Replace(
            "location.origin", $"\"{other.Endpoints[0]}\"", StringComparison.Ordinal);
        Assert.Equal("error", await RunAsync(page, static _ => ValueTask.CompletedTask));
    }

    private static async IAsyncEnumerable<SseItem<string>> TwoAsync(int next)
    {
        for (int id = next; id < next + 2; id++)
        {
            yield return new SseItem<string>($"line\n{id}", "tick", $"{id}", TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    /// <summary>Serves a page and a handler, and returns what the page posts.</summary>
    private static async Task<string> RunAsync(string page, Handler handler)
    {
        Assert.SkipWhen(Browser.Program is null, "There is no Chromium on the PATH.");
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = await StartAsync(page, handler, done);
        await using Browser browser = Browser.Open(new Uri(server.Endpoints[0] + "/"));
        return await done.Task.WaitAsync(Browser.Patience, TestContext.Current.CancellationToken);
    }

    private static Task<HttpServer> StartAsync(
        string page, Handler handler, TaskCompletionSource<string>? done = null)
    {
        var options = new ServerOptions { IdleGrace = TimeSpan.Zero, DrainTimeout = TimeSpan.FromSeconds(1) };
        return new HttpServer(new TestTable(), options).Use(_ => exchange => exchange.Request.Path switch
        {
            "/" => ShowAsync(exchange, page),
            "/done" => TakeAsync(exchange, done!),
            _ => handler(exchange),
        }).StartAsync("http://127.0.0.1:0");
    }

    private static ValueTask ShowAsync(Exchange exchange, string page)
    {
        exchange.Response.SetContentType("text/html; charset=utf-8"u8);
        exchange.Response.Write(page);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask TakeAsync(Exchange exchange, TaskCompletionSource<string> done)
    {
        var body = new MemoryStream();
        byte[] buffer = new byte[4096];
        for (int count; (count = await exchange.Request.Body.ReadAsync(buffer)) > 0;)
            body.Write(buffer, 0, count);
        done.TrySetResult(Encoding.UTF8.GetString(body.ToArray()));
    }
}
