using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Logging, naming, asking and measuring requests allocates nothing for each.</summary>
public sealed class ObservationAllocationTests
{
    private const string Get = "GET /json HTTP/1.1\r\nHost: x\r\nUser-Agent: test\r\nX-Request-Id: abc\r\n\r\n";

    [Theory]
    [InlineData(Get)]
    [InlineData("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")]
    public void Request_id_health_and_metrics_that_nobody_listens_to_allocate_nothing(string request)
    {
        ServerContext server = Contexts.Of(time: new ManualTimeProvider());
        Handler handler = server.Handler(RequestId.From(), Telemetry.From(), Health.From());
        Assert.Equal(0, AllocationTests.MeasureRequests(request, handler: handler));
    }

    [Theory]
    [InlineData(Get)]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n\r\n")]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n")]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\nAccess-Control-Request-Method: GET\r\n\r\n")]
    [InlineData("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")]
    public void Request_id_CORS_security_headers_health_and_metrics_together_allocate_nothing(string request)
    {
        ServerContext server = Contexts.Of(time: new ManualTimeProvider());
        var cors = new CorsOptions { Origins = ["https://shop.example"], AllowsCredentials = true };
        Handler handler = server.Handler(
            RequestId.From(), Telemetry.From(), Cors.From(cors), SecurityHeaders.From(), Health.From());
        Assert.Equal(0, AllocationTests.MeasureRequests(request, handler: handler));
    }

    [Theory]
    [InlineData(Get)]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")]
    public void Metrics_that_somebody_listens_to_allocate_nothing(string request)
    {
        ServerContext server = Contexts.Of(time: new ManualTimeProvider());
        using var log = new MeasurementLog(scope => scope == server, keeps: false);
        Assert.Equal(0, AllocationTests.MeasureRequests(request, handler: server.Handler(Telemetry.From())));
    }

    [Fact]
    public async Task Metrics_that_are_shown_allocate_nothing_until_they_are()
    {
        ServerContext server = Contexts.Of(time: new ManualTimeProvider());
        Handler handler = server.Handler(Telemetry.From(), PrometheusMetrics.From());
        Assert.Equal(0, AllocationTests.MeasureRequests(Get, handler: handler));
        await server.StopAsync();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("combined")]
    [InlineData("json")]
    public void A_line_of_an_access_log_allocates_nothing(string format)
    {
        ServerContext server = Contexts.Of(time: new ManualTimeProvider());
        var options = new AccessLogOptions
        {
            Stream = Stream.Null,

            // Time stands still, so only full buffers are written, by another thread. Where that is late, lines are
            // dropped instead of kept in larger ones.
            PendingBytesMax = 64 * 1024,
            Fields = AccessLogFields.Default | AccessLogFields.Query | AccessLogFields.UserAgent
                | AccessLogFields.Referer | AccessLogFields.Connection | AccessLogFields.Host,
        };
        IMiddleware log = format == "text" ? AccessLog.Text(options)
            : format == "combined" ? AccessLog.Combined(options)
            : AccessLog.Json(options);
        Assert.Equal(0, AllocationTests.MeasureRequests(Get, handler: server.Handler(log, RequestId.From())));
    }
}
