using System.Diagnostics;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>What is measured and traced of requests.</summary>
public sealed class TelemetryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("GET /int/42 HTTP/1.1", "GET", "http.response.status_code=200 http.route=/int/* network.protocol.version=1.1")]
    [InlineData("HEAD /int/42 HTTP/1.0", "HEAD", "http.response.status_code=200 http.route=/int/* network.protocol.version=1.0")]
    [InlineData("GET /nowhere HTTP/1.1", "GET", "http.response.status_code=404 network.protocol.version=1.1")]
    [InlineData("DELETE /json HTTP/1.1", "DELETE", "http.response.status_code=405 network.protocol.version=1.1")]
    [InlineData("PURGE /json HTTP/1.1", "_OTHER", "http.response.status_code=501 network.protocol.version=1.1", "501")]
    [InlineData("GET /throw HTTP/1.1", "GET", "http.response.status_code=500 http.route=/throw network.protocol.version=1.1", "System.InvalidOperationException")]
    [InlineData("GET /throw-after HTTP/1.1", "GET", "http.response.status_code=200 http.route=/throw-after network.protocol.version=1.1", "System.InvalidOperationException")]
    [InlineData("GET /short HTTP/1.1", "GET", "http.route=/short network.protocol.version=1.1", "_OTHER")]
    public async Task A_request_is_measured_once_with_the_tags_of_its_answer(
        string request, string method, string tags, string? error = null)
    {
        ServerContext server = Contexts.Of(time: _time);
        using var log = new MeasurementLog(scope => scope == server);
        Handler routes = server.Handler();
        Handler handler = server.Around(
            exchange =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(250));
                return routes(exchange);
            },
            Telemetry.From());
        await Contexts.PlayAsync(handler, $"{request}\r\nHost: x\r\n\r\n", time: _time);
        string errorTag = error is null ? "" : $"error.type={error} ";
        Assert.Equal(
            [
                $"http.server.active_requests 1 http.request.method={method} url.scheme=http",
                $"http.server.active_requests -1 http.request.method={method} url.scheme=http",
                $"http.server.request.duration 0.25 {errorTag}http.request.method={method} {tags} url.scheme=http",
            ],
            log.Lines);
        await server.StopAsync();
    }

    [Fact]
    public async Task Excluded_paths_are_not_measured_and_nothing_is_after_the_stop()
    {
        ServerContext server = Contexts.Of(time: _time);
        using var log = new MeasurementLog(scope => scope == server);
        Handler handler = server.Handler(Telemetry.From(new TelemetryOptions { ExcludedPaths = ["/int/*"] }));
        await Contexts.PlayAsync(handler, "GET /int/42 HTTP/1.1\r\nHost: x\r\n\r\n", time: _time);
        Assert.Empty(log.Lines);
        await Contexts.PlayAsync(handler, "GET /json HTTP/1.1\r\nHost: x\r\n\r\n", time: _time);
        Assert.Equal(3, log.Lines.Length);
        await server.StopAsync();
        await Contexts.PlayAsync(handler, "GET /json HTTP/1.1\r\nHost: x\r\n\r\n", time: _time);
        Assert.Equal(3, log.Lines.Length);
    }

    [Fact]
    public async Task A_request_that_was_counted_is_taken_back_and_no_other()
    {
        ServerContext server = Contexts.Of(time: _time);
        MeasurementLog? log = null;
        Handler handler = server.Around(
            exchange =>
            {
                // Somebody begins to listen while the request is handled.
                log ??= new MeasurementLog(scope => scope == server);
                return ValueTask.CompletedTask;
            },
            Telemetry.From());
        const string Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        await Contexts.PlayAsync(handler, Request + Request, time: _time);

        // Where another test listens to every meter of the process, the first request was counted, and is taken back.
        Assert.Equal(["1 http.request.method=GET url.scheme=http", "-1 http.request.method=GET url.scheme=http"],
            log!.Of("http.server.active_requests")[^2..]);
        log.Dispose();
        await server.StopAsync();
    }

    [Theory]
    [InlineData("GET /int/42", "GET /int/*", ActivityStatusCode.Unset, "http.request.method=GET http.response.status_code=200 http.route=/int/* network.protocol.version=1.1 url.scheme=http")]
    [InlineData("PURGE /int/42", "HTTP", ActivityStatusCode.Error, "error.type=501 http.request.method=_OTHER http.response.status_code=501 network.protocol.version=1.1 url.scheme=http")]
    [InlineData("GET /nowhere", "GET", ActivityStatusCode.Unset, "http.request.method=GET http.response.status_code=404 network.protocol.version=1.1 url.scheme=http")]
    [InlineData("GET /throw", "GET /throw", ActivityStatusCode.Error, "error.type=System.InvalidOperationException http.request.method=GET http.response.status_code=500 http.route=/throw network.protocol.version=1.1 url.scheme=http", 1)]
    [InlineData("GET /throw-after", "GET /throw-after", ActivityStatusCode.Error, "error.type=System.InvalidOperationException http.request.method=GET http.response.status_code=200 http.route=/throw-after network.protocol.version=1.1 url.scheme=http", 1)]
    public async Task A_request_is_a_span_of_the_client_s_trace(
        string request, string name, ActivityStatusCode status, string tags, int exceptionCount = 0)
    {
        var spans = await TraceAsync(
            null, $"{request} HTTP/1.1\r\nHost: x\r\ntraceparent: 00-{Trace}-00f067aa0ba902b7-01\r\ntracestate: a=b\r\ntracestate: c=d\r\n\r\n");
        Activity span = Assert.Single(spans);
        Assert.Equal(name, span.DisplayName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(status, span.Status);
        Assert.Equal(Trace, span.TraceId.ToHexString());
        Assert.Equal("00f067aa0ba902b7", span.ParentSpanId.ToHexString());
        Assert.True(span.HasRemoteParent);
        Assert.Equal("a=b,c=d", span.TraceStateString);
        Assert.Equal(tags, string.Join(' ', span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Equal(exceptionCount, span.Events.Count(logged => logged.Name == "exception"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01\r\n")]
    [InlineData("traceparent: ff-" + Trace + "-00f067aa0ba902b7-01\r\n")]
    [InlineData("traceparent: 00-" + Trace + "\r\n")]
    [InlineData(
        "traceparent: 00-" + Trace + "-00f067aa0ba902b7-01\r\ntraceparent: 00-" + Trace + "-00f067aa0ba902b7-01\r\n")]
    public async Task What_is_no_traceparent_begins_a_trace(string fields)
    {
        var spans = await TraceAsync(null, $"GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n");
        Assert.NotEqual(Trace, Assert.Single(spans).TraceId.ToHexString());
    }

    [Fact]
    public async Task A_server_that_strangers_reach_begins_its_own_traces_and_may_add_tags()
    {
        var spans = await TraceAsync(
            new TelemetryOptions
            {
                TakesTraceContext = false,
                Enrich = static (span, exchange) => span.SetTag("url.path", exchange.Request.Path),
            },
            $"GET / HTTP/1.1\r\nHost: x\r\ntraceparent: 00-{Trace}-00f067aa0ba902b7-01\r\n\r\n");
        Assert.NotEqual(Trace, Assert.Single(spans).TraceId.ToHexString());
        Assert.Equal("/", spans[0].GetTagItem("url.path"));
    }

    [Fact]
    public async Task The_span_is_current_in_its_handler_alone()
    {
        var seen = new List<Activity?>();
        ServerContext server = Contexts.Of(time: _time);
        using ActivityListener listener = Listen([]);
        Handler handler = server.Around(
            async exchange =>
            {
                seen.Add(Activity.Current);
                await Task.Yield();
                seen.Add(Activity.Current);
            },
            Telemetry.From());
        Handler outer = exchange =>
        {
            Assert.Null(Activity.Current);
            return handler(exchange);
        };
        const string Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        await Contexts.PlayAsync(outer, Request + Request, time: _time);
        Assert.Equal(4, seen.Count);
        Assert.Same(seen[0], seen[1]);
        Assert.Same(seen[2], seen[3]);
        Assert.NotNull(seen[0]);
        Assert.NotSame(seen[0], seen[2]);
        await server.StopAsync();
    }

    [Fact]
    public void The_number_of_a_route_is_its_index_in_the_list()
    {
        // What http.route and the access log rely on: every template without captures finds itself.
        IReadOnlyList<RouteInfo> routes = ScenarioRoutes.Table.Routes;
        int count = 0;
        for (int index = 0; index < routes.Count; index++)
        {
            if (routes[index].Method != "GET" || routes[index].Template.AsSpan().ContainsAny(":*<(?"))
                continue;
            var match = default(CompilerServices.RouteMatch);
            int found = ScenarioRoutes.Table.Match(
                System.Text.Encoding.UTF8.GetBytes(routes[index].Template), CompilerServices.Verbs.Get, ref match);
            Assert.Equal(index, found);
            count++;
        }

        Assert.True(count > 20, $"{count} routes were looked at");
    }

    private static ActivityListener Listen(List<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Other tests are traced at the same time: a span of this one is known by what its Enrich left.</summary>
    private async Task<List<Activity>> TraceAsync(TelemetryOptions? options, string input)
    {
        var spans = new List<Activity>();
        ServerContext server = Contexts.Of(time: _time);
        object own = new();
        options ??= new TelemetryOptions();
        options = options with
        {
            Enrich = (Action<Activity, Exchange>)((span, _) => span.SetCustomProperty("test", own)) + options.Enrich,
        };
        using ActivityListener listener = Listen(spans);
        await Contexts.PlayAsync(server.Handler(Telemetry.From(options)), input, time: _time);
        await server.StopAsync();
        lock (spans)
            return spans.FindAll(span => span.GetCustomProperty("test") == own);
    }
}
