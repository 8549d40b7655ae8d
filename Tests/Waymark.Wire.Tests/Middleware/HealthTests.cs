using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>What liveness and readiness answer, and how checks are run.</summary>
public sealed class HealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /livez", "HTTP/1.1 200 ", "{\"status\":\"ok\"}\n")]
    [InlineData("GET /readyz", "HTTP/1.1 200 ", "{\"status\":\"ok\"}\n")]
    [InlineData("HEAD /readyz", "HTTP/1.1 200 ", "\r\n\r\n")]
    [InlineData("POST /readyz", "HTTP/1.1 405 ", "}")]
    [InlineData("GET /readyz/", "HTTP/1.1 404 ", "}")]
    public async Task A_server_without_checks_lives_and_is_ready(string request, string start, string end)
    {
        string answer = await AskAsync(Health.From(), request);
        Assert.StartsWith(start, answer, StringComparison.Ordinal);
        Assert.EndsWith(end, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_has_the_length_of_the_GET_and_nothing_is_cached_on_the_way()
    {
        string answer = await AskAsync(Health.From(), "HEAD /livez");
        Assert.Contains("\r\nContent-Length: 16\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H42_A_failing_a_throwing_and_a_slow_check_give_503_with_their_names()
    {
        var never = new TaskCompletionSource<bool>();
        IMiddleware health = Health.From(new HealthOptions
        {
            Checks =
            [
                new("fine", static _ => ValueTask.FromResult(true)),
                new("failing", static _ => ValueTask.FromResult(false)),
                new("throwing", static _ => throw new TimeZoneNotFoundException("secret")),
                new("throwing-later", static async _ =>
                {
                    await Task.Yield();
                    throw new TimeZoneNotFoundException("secret");
                }),
                new("slow", async stop => await never.Task.WaitAsync(stop), TimeSpan.FromSeconds(3)),
            ],
        });
        Task<string> asking = AskAsync(health, "GET /readyz");
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));
        string answer = await asking.WaitAsync(Patience, Stop);
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            {"status":"failing","checks":[{"name":"fine","status":"ok"},{"name":"failing","status":"failed"},{"name":"throwing","status":"failed"},{"name":"throwing-later","status":"failed"},{"name":"slow","status":"timed_out"}]}

            """,
            answer, StringComparison.Ordinal);
        Assert.Equal(4, _logger.CountOf(1410));
        Assert.Equal(2, _logger.Events.Count(logged => logged.Cause is TimeZoneNotFoundException));
    }

    [Fact]
    public async Task The_exceptions_are_shown_where_that_is_asked_for()
    {
        HealthCheck check = new("a", static _ => throw new TimeZoneNotFoundException("secret"));
        string detailed = await AskAsync(
            Health.From(new HealthOptions { Checks = [check], DetailedErrors = true }), "GET /readyz");
        Assert.Contains("\"error\":\"System.TimeZoneNotFoundException: secret", detailed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_run_side_by_side_and_once_for_all_who_ask()
    {
        int count = 0;
        using var both = new CountdownEvent(2);
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        async ValueTask<bool> Check(CancellationToken stop)
        {
            Interlocked.Increment(ref count);
            both.Signal();
            return await release.Task.WaitAsync(stop);
        }

        IMiddleware health = Health.From(new HealthOptions { Checks = [new("a", Check), new("b", Check)] });
        ServerContext server = Contexts.Of(time: _time, logger: _logger);
        Handler handler = server.Handler(health);
        Task<string>[] asking = [.. Enumerable.Range(0, 20).Select(
            _ => Contexts.PlayAsync(handler, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n", time: _time))];
        Assert.True(both.Wait(Patience, Stop), "both checks run, though none has ended");
        release.SetResult(true);
        string[] answers = await Task.WhenAll(asking).WaitAsync(Patience, Stop);
        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task An_outcome_is_kept_for_its_time_and_a_change_is_logged()
    {
        int count = 0;
        bool isWell = true;
        IMiddleware health = Health.From(new HealthOptions
        {
            CacheTime = TimeSpan.FromSeconds(2),
            Checks =
            [
                new("a", _ =>
                {
                    count++;
                    return ValueTask.FromResult(isWell);
                }),
            ],
        });
        Handler handler = Contexts.Of(time: _time, logger: _logger).Handler(health);
        var statuses = new List<string>();
        for (int second = 0; second < 8; second++)
        {
            isWell = second is < 2 or >= 6;
            string answer = await Contexts.PlayAsync(handler, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n", time: _time);
            statuses.Add(answer[9..12]);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("200 200 503 503 503 503 200 200", string.Join(' ', statuses));
        Assert.Equal(4, count);
        Assert.Equal(1, _logger.CountOf(1410));
        Assert.Equal(1, _logger.CountOf(1411));
    }

    [Fact]
    public async Task A_check_that_hangs_is_not_begun_again_beside_itself()
    {
        int count = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        IMiddleware health = Health.From(new HealthOptions
        {
            CacheTime = TimeSpan.Zero,
            Checks =
            [
                new("a", async _ =>
                {
                    count++;
                    begun.TrySetResult();
                    return await release.Task;
                }),
            ],
        });
        Handler handler = Contexts.Of(time: _time, logger: _logger).Handler(health);
        const string Request = "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n";
        Task<string> first = Contexts.PlayAsync(handler, Request, time: _time);
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(5));
        await begun.Task.WaitAsync(Patience, Stop);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("timed_out", await first.WaitAsync(Patience, Stop), StringComparison.Ordinal);
        Assert.Contains(
            "timed_out", await Contexts.PlayAsync(handler, Request, time: _time).WaitAsync(Patience, Stop),
            StringComparison.Ordinal);
        Assert.Equal(1, count);
        release.SetResult(true);
        string answer;
        do
        {
            // The task that was left behind ends some time after its source.
            answer = await Contexts.PlayAsync(handler, Request, time: _time).WaitAsync(Patience, Stop);
        }
        while (answer.Contains("timed_out", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Readiness_is_503_from_the_first_step_of_a_stop_on_and_liveness_is_not()
    {
        using var stopping = new CancellationTokenSource();
        IMiddleware health = Health.From(new HealthOptions { Checks = [new("a", _ => ValueTask.FromResult(true))] });
        Handler handler = Contexts.Of(time: _time, stopping: stopping).Handler(health);
        const string Request = "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
        Assert.Equal("200 200", Statuses(await Contexts.PlayAsync(handler, Request, time: _time)));
        await stopping.CancelAsync();
        string answer = await Contexts.PlayAsync(handler, Request, time: _time);
        Assert.Equal("503 200", Statuses(answer));
        Assert.Contains("{\"status\":\"stopping\"}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_all_listed()
    {
        Func<CancellationToken, ValueTask<bool>> well = static _ => ValueTask.FromResult(true);
        var thrown = Assert.Throws<OptionsException>(() => Health.From(new HealthOptions
        {
            LivePath = "livez",
            ReadyPath = "/a?b",
            CacheTime = TimeSpan.FromSeconds(-1),
            Checks = [new("", well), new("a", well), new("a", well, TimeSpan.Zero), new("b c", well), null!],
        }));
        Assert.Equal(8, thrown.Problems.Count);
        thrown = Assert.Throws<OptionsException>(() => Health.From(new HealthOptions
        {
            LivePath = null,
            ReadyPath = null,
            Checks = [new("a", well)],
        }));
        Assert.Equal(2, thrown.Problems.Count);
        Assert.Throws<OptionsException>(() => Health.From(new HealthOptions { LivePath = "/readyz" }));
    }

    private static string Statuses(string answer) => new WireAnswer(answer, 0, false).Statuses;

    private Task<string> AskAsync(IMiddleware health, string request) => Contexts.PlayAsync(
        Contexts.Of(time: _time, logger: _logger).Handler(health), $"{request} HTTP/1.1\r\nHost: x\r\n\r\n",
        time: _time);
}
