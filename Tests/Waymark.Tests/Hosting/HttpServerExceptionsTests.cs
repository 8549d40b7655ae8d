using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary>OnError and MapException from the server's own methods to the wire.</summary>
public sealed class HttpServerExceptionsTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly ListLogger _logger = new();

    [Fact]
    public async Task Mappings_answer_by_type_and_the_hook_sees_what_is_left_to_it()
    {
        var seen = new List<Exception>();
        await using HttpServer server = New();
        server
            .MapException<IOException>(409, "The disk is busy.")
            .MapException<FileNotFoundException>(exception => new ProblemDetails
            {
                Status = 404,
                Detail = $"No {exception.FileName}.",
            })
            .OnError((_, exception) =>
            {
                seen.Add(exception);
                return new ValueTask<bool>(false);
            })
            .Use(_ => static exchange => throw (exchange.Request.Path switch
            {
                "/file" => new FileNotFoundException("", "notes.txt"),
                "/disk" => new EndOfStreamException("secret"),
                _ => new InvalidOperationException("secret"),
            }));
        await server.StartAsync(AnyPort);
        Assert.EndsWith(
            """{"type":"urn:waymark:problem:not-found","title":"Not Found","status":404,"detail":"No notes.txt."}""",
            await AskAsync(server, "/file"),
            StringComparison.Ordinal);
        Assert.Contains("\"status\":409,\"detail\":\"The disk is busy.\"}", await AskAsync(server, "/disk"));
        Assert.Contains("\"status\":500}", await AskAsync(server, "/"));
        Assert.Equal(
            [typeof(FileNotFoundException), typeof(EndOfStreamException), typeof(InvalidOperationException)],
            seen.Select(exception => exception.GetType()));
    }

    [Fact]
    public async Task A_handler_that_gives_up_at_the_stop_is_answered_503_and_not_logged_as_an_error()
    {
        HttpServer server = New();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Use(_ => async exchange =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, server.Stopping);
        });
        await server.StartAsync(AnyPort);
        Task<string> asking = AskAsync(server, "/");
        await begun.Task;
        await server.StopAsync();
        Assert.StartsWith("HTTP/1.1 503 ", await asking);
        Assert.Equal(0, _logger.CountOf(1300));
        Assert.Equal(1, _logger.CountOf(1307));
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_at_once()
    {
        HttpServer server = New();
        Assert.Throws<ArgumentNullException>(() => server.OnError(null!));
        Assert.Throws<ArgumentNullException>(() => server.MapException((Func<IOException, ProblemDetails>)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.MapException<IOException>(399));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.MapException<IOException>(600));
        server.MapException<IOException>(400).MapException<Exception>(599).OnError((_, _) => default);
        Assert.Throws<InvalidOperationException>(() => server.MapException<IOException>(_ => new ProblemDetails()));
        Assert.Throws<InvalidOperationException>(() => server.OnError((_, _) => default));
        await using (await server.StartAsync(AnyPort))
        {
            var e = Assert.Throws<InvalidOperationException>(() => server.MapException<FormatException>(400));
            Assert.Equal("An exception is mapped before the server starts, not afterwards.", e.Message);
            Assert.Throws<InvalidOperationException>(() => server.OnError((_, _) => default));
        }
    }

    private static async Task<string> AskAsync(HttpServer server, string path)
    {
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        await peer.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return await peer.ReceiveToEndAsync();
    }

    private HttpServer New() => new(new FixedTable(), new ServerOptions { Logger = _logger });
}
