using Microsoft.Extensions.Logging;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What an exception of a handler becomes: the hook, the mappings, the plain 500; what is logged.</summary>
public class ExceptionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const int HandlerFailed = 1300;
    private const int PeerGone = 1303;
    private const int ExceptionAnswered = 1305;
    private const int ExceptionHookFailed = 1306;
    private const int HandlerCancelled = 1307;

    private readonly ListLogger _logger = new();
    private readonly Dictionary<Type, Func<Exception, ProblemDetails>> _mappings = [];
    private Func<Exchange, Exception, ValueTask<bool>>? _hook;
    private bool _isDetailed;

    public static TheoryData<bool> AtOnceAndLater => [false, true];

    protected virtual Layer Layer => Layer.Clear;

    [Theory]
    [MemberData(nameof(AtOnceAndLater))]
    public async Task A_hook_that_answers_is_the_answer_and_the_connection_goes_on(bool isLater)
    {
        var seen = new List<Exception>();
        _hook = async (exchange, exception) =>
        {
            await Task.Yield();
            seen.Add(exception);
            exchange.Response.StatusCode = 418;
            exchange.Response.Write("teapot");
            return true;
        };
        var thrown = new TimeZoneNotFoundException("secret");
        WireAnswer answer = await PlayAsync(Throwing(thrown, isLater), Get + Get);
        const string One = "HTTP/1.1 418 \r\nDate: *\r\nContent-Length: 6\r\n\r\nteapot";
        Assert.Equal(One + One, answer.Text);
        Assert.Equal([thrown, thrown], seen);
        Assert.Equal([ExceptionAnswered, ExceptionAnswered], _logger.Events.Select(logged => logged.Id));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_hook_that_has_not_answered_leaves_the_plain_500(bool says, bool writes)
    {
        _hook = (exchange, _) =>
        {
            if (writes)
            {
                exchange.Response.Headers.Set("X", "y");
                exchange.Response.Write("half");
            }

            return new ValueTask<bool>(says);
        };
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")));
        Assert.Equal(Plain500, answer.Text);
        Assert.Equal([HandlerFailed], _logger.Events.Select(logged => logged.Id));
    }

    [Theory]
    [MemberData(nameof(AtOnceAndLater))]
    public async Task An_exception_in_the_hook_is_logged_and_the_plain_500_follows(bool isLater)
    {
        _mappings[typeof(Exception)] = _ => new ProblemDetails { Status = 409 };
        var failure = new InvalidTimeZoneException("hook");
        _hook = async (exchange, _) =>
        {
            exchange.Response.Write("half");
            if (isLater)
                await Task.Yield();
            throw failure;
        };
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")), Get + Get);
        Assert.Equal(Plain500 + Plain500, answer.Text);
        Assert.Equal(failure, _logger.Events.First(logged => logged.Id == ExceptionHookFailed).Cause);
        Assert.Equal(2, _logger.CountOf(HandlerFailed));
    }

    [Fact]
    public async Task A_hook_is_not_called_without_an_exception_nor_once_the_answer_has_started()
    {
        int calls = 0;
        _hook = (_, _) => new ValueTask<bool>(++calls > 0);
        _mappings[typeof(Exception)] = _ => throw new InvalidOperationException($"{++calls}");
        Assert.Equal("200", (await PlayAsync(_ => ValueTask.CompletedTask)).Statuses);
        WireAnswer answer = await PlayAsync(async exchange =>
        {
            exchange.Response.Write("half");
            await exchange.Response.FlushAsync();
            throw new InvalidOperationException("secret");
        });
        Assert.True(answer.IsAborted);
        Assert.Equal(0, calls);
        Assert.Equal(1, _logger.CountOf(HandlerFailed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hook_that_starts_an_answer_and_does_not_end_it_ends_the_connection(bool throws)
    {
        _hook = async (exchange, _) =>
        {
            exchange.Response.Write("half");
            await exchange.Response.FlushAsync();
            return throws ? throw new InvalidOperationException("hook") : false;
        };
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")));
        Assert.True(answer.IsAborted);
        Assert.DoesNotContain("\r\n0\r\n", answer.Text, StringComparison.Ordinal);

        // Over TLS the reset overtakes what was sent.
        if (Layer == Layer.Clear)
            Assert.EndsWith("4\r\nhalf\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, _logger.CountOf(HandlerFailed));
    }

    [Theory]
    [InlineData(typeof(FileNotFoundException), "404", true)]
    [InlineData(typeof(DirectoryNotFoundException), "409", true)]
    [InlineData(typeof(FileNotFoundException), "404", false)]
    [InlineData(typeof(TimeZoneNotFoundException), "503", false)]
    public async Task The_most_derived_mapping_counts_in_whatever_order(Type thrown, string status, bool isLater)
    {
        (Type Type, int Status)[] rows =
            [(typeof(IOException), 409), (typeof(FileNotFoundException), 404), (typeof(Exception), 503)];
        foreach ((Type Type, int Status)[] order in new[] { rows, [.. rows.Reverse()] })
        {
            _mappings.Clear();
            foreach ((Type type, int code) in order)
                _mappings[type] = _ => new ProblemDetails { Status = code };
            WireAnswer answer = await PlayAsync(Throwing((Exception)Activator.CreateInstance(thrown)!, isLater));
            Assert.Equal(status, answer.Statuses);
        }
    }

    [Fact]
    public async Task A_mapping_sees_the_exception_and_what_was_written_before_is_gone()
    {
        _hook = (exchange, _) =>
        {
            exchange.Response.Write("dropped");
            return new ValueTask<bool>(false);
        };
        _mappings[typeof(TimeZoneNotFoundException)] = exception => new ProblemDetails
        {
            Status = 409,
            Detail = exception.Message,
        };
        WireAnswer answer = await PlayAsync(exchange =>
        {
            exchange.Response.Headers.Set("X", "y");
            exchange.Response.Write("half");
            throw new TimeZoneNotFoundException("Mars");
        });
        const string Body =
            """{"type":"urn:waymark:problem:conflict","title":"Conflict","status":409,"detail":"Mars"}""";
        Assert.Equal(
            "HTTP/1.1 409 Conflict\r\nDate: *\r\nContent-Type: application/problem+json\r\n"
            + $"Content-Length: {Body.Length}\r\n\r\n{Body}",
            answer.Text);
        Assert.Equal([(LogLevel.Debug, ExceptionAnswered)], _logger.Events.Select(logged => (logged.Level, logged.Id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mapping_that_throws_or_returns_null_leaves_the_plain_500(bool throws)
    {
        _mappings[typeof(Exception)] = _ => throws ? throw new InvalidOperationException("mapping") : null!;
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")));
        Assert.Equal(Plain500, answer.Text);
        Assert.Equal([ExceptionHookFailed, HandlerFailed], _logger.Events.Select(logged => logged.Id));
    }

    [Theory]
    [InlineData(500, false, false)]
    [InlineData(500, true, true)]
    [InlineData(503, true, true)]
    [InlineData(409, true, false)]
    public async Task The_text_of_an_exception_is_shown_only_when_asked_for_and_from_500_upwards(
        int status, bool isDetailed, bool isShown)
    {
        _isDetailed = isDetailed;
        _mappings[typeof(Exception)] = _ => new ProblemDetails { Status = status };
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")));
        Assert.Equal(isShown, answer.Text.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(status >= 500 ? 1 : 0, _logger.CountOf(HandlerFailed));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_plain_500_shows_the_exception_only_when_asked_for(bool isDetailed, bool isShown)
    {
        _isDetailed = isDetailed;
        WireAnswer answer = await PlayAsync(Throwing(new TimeZoneNotFoundException("secret")));
        Assert.Equal(isShown, answer.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(Exception), "400")]
    [InlineData(typeof(IOException), "400")]
    [InlineData(typeof(BadRequestException), "422")]
    public async Task A_bad_body_keeps_its_status_unless_its_own_type_is_mapped(Type mapped, string status)
    {
        _mappings[mapped] = _ => new ProblemDetails { Status = 422 };
        WireAnswer answer = await PlayAsync(
            async exchange => await exchange.Request.Body.ReadAllAsync(),
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + Get);
        Assert.Equal(status, answer.Statuses);
        Assert.True(answer.SaysClose);
        Assert.Equal(0, _logger.CountOf(HandlerFailed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancellation_by_the_stop_is_503_and_no_error_in_the_log(bool isRequestAborted)
    {
        _hook = (_, _) => throw new InvalidOperationException("not called");
        using var stop = new CancellationTokenSource();
        WireAnswer answer = await ServeAsync(
            async _ =>
            {
                await stop.CancelAsync();
                throw new TaskCanceledException();
            },
            Get,
            abort: isRequestAborted ? stop : null,
            stopping: isRequestAborted ? default : stop.Token);
        Assert.Equal("503", answer.Statuses);
        Assert.Equal(
            [(LogLevel.Debug, HandlerCancelled)], _logger.Events.Select(logged => (logged.Level, logged.Id)));
    }

    [Fact]
    public async Task A_cancellation_of_the_handlers_own_is_a_failure_and_can_be_mapped()
    {
        Assert.Equal(Plain500, (await PlayAsync(Throwing(new OperationCanceledException()))).Text);
        Assert.Equal(1, _logger.CountOf(HandlerFailed));
        _mappings[typeof(OperationCanceledException)] = _ => new ProblemDetails { Status = 504 };
        Assert.Equal("504", (await PlayAsync(Throwing(new TaskCanceledException()))).Statuses);
    }

    [Fact]
    public async Task A_lost_connection_is_no_error_and_another_IOException_is_one()
    {
        int calls = 0;
        _hook = (_, _) => new ValueTask<bool>(++calls < 0);
        await PlayAsync(Throwing(new ConnectionLostException("reset by peer")));
        Assert.Equal([(LogLevel.Debug, PeerGone)], _logger.Events.Select(logged => (logged.Level, logged.Id)));
        Assert.Equal(0, calls);
        await PlayAsync(Throwing(new IOException("disk full")));
        Assert.Equal(1, _logger.CountOf(HandlerFailed));
        Assert.Equal(1, calls);
    }

    private const string PlainBody =
        """{"type":"urn:waymark:problem:internal-error","title":"Internal Server Error","status":500}""";

    private static string Plain500 =>
        "HTTP/1.1 500 Internal Server Error\r\nDate: *\r\nContent-Type: application/problem+json\r\n"
        + $"Content-Length: {PlainBody.Length}\r\n\r\n{PlainBody}";

    private static Handler Throwing(Exception exception, bool isLater = false) =>
        isLater ? _ => ThrowLaterAsync(exception) : _ => throw exception;

    private static async ValueTask ThrowLaterAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private Task<WireAnswer> PlayAsync(Handler handler, string input = Get) =>
        ServeAsync(handler, input, null, CancellationToken.None);

    private async Task<WireAnswer> ServeAsync(
        Handler handler, string input, CancellationTokenSource? abort, CancellationToken stopping)
    {
        var protocol = new HttpConnectionHandler(
            handler, new ServerLimits(), TimeProvider.System, _logger, _isDetailed,
            exceptions: new ExceptionPolicy(_hook, _mappings, stopping));
        return await Engine.PlayOnceAsync(Layer, protocol, [Engine.Bytes(input)], abort);
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsExceptionTests : ExceptionTests
{
    protected override Layer Layer => Layer.Tls;
}
