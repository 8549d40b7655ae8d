using System.Diagnostics;
using System.Net.Sockets;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Waymark.TestSupport;

namespace Waymark.OpenTelemetry.Tests;

/// <summary>What an OpenTelemetry exporter sends of a server: the documented names and tags, to the letter.</summary>
public sealed class ExportTests
{
    private const string Source = "Waymark.OpenTelemetry.Tests";

    // The platform's own spans of HttpClient: between the span of a caller and that of the server.
    private const string HttpClientSource = "System.Net.Http";
    private const string Bounds = "0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10";
    private const string ConnectionBounds = "0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10 30 60 120 300";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ActivitySource Own = new(Source);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_have_the_documented_names_units_bounds_and_tags()
    {
        await using Collector collector = await Collector.StartAsync();
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(Telemetry.Name)
            .AddOtlpExporter(options => collector.Receive(options, "metrics"))
            .Build();
        using var pki = new TempPki();
        await using HttpServer server = await new HttpServer(Table(), Options() with
        {
            Tls = new TlsOptions
            {
                Certificate = TlsCertificate.From(pki.IssueServer(["localhost"])),
                ClientCertificates = ClientCertificates.None,
            },
            OnConnect = (connection, _) => ValueTask.FromResult(connection.Id > 1),
        }).Use(Telemetry.From()).StartAsync("http://127.0.0.1:0", "https://127.0.0.1:0");
        await ConnectAsync(new Uri(server.Endpoints[0]));
        await AskAsync(server.Endpoints[0], "GET /users/7", "GET /users/8", "HEAD /users/7", "GET /nowhere",
            "DELETE /users/7", "PURGE /users/7", "GET /fail");
        await AskAsync(server.Endpoints[1], "GET /users/7");
        await ClosedAsync(server);
        Assert.True(provider.ForceFlush());

        Assert.Equal([Telemetry.Name], collector.Scopes);
        Assert.Equal(
            [
                "http.server.active_requests {request} sum 0 http.request.method=DELETE url.scheme=http",
                "http.server.active_requests {request} sum 0 http.request.method=GET url.scheme=http",
                "http.server.active_requests {request} sum 0 http.request.method=GET url.scheme=https",
                "http.server.active_requests {request} sum 0 http.request.method=HEAD url.scheme=http",
                "http.server.active_requests {request} sum 0 http.request.method=_OTHER url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 1 error.type=501 http.request.method=_OTHER http.response.status_code=501 network.protocol.version=1.1 url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 1 error.type=System.TimeZoneNotFoundException http.request.method=GET http.response.status_code=500 http.route=/fail network.protocol.version=1.1 url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 1 http.request.method=DELETE http.response.status_code=405 network.protocol.version=1.1 url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 1 http.request.method=GET http.response.status_code=200 http.route=/users/:id network.protocol.version=1.1 url.scheme=https",
                $"http.server.request.duration s [{Bounds}] 1 http.request.method=GET http.response.status_code=404 network.protocol.version=1.1 url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 1 http.request.method=HEAD http.response.status_code=200 http.route=/users/:id network.protocol.version=1.1 url.scheme=http",
                $"http.server.request.duration s [{Bounds}] 2 http.request.method=GET http.response.status_code=200 http.route=/users/:id network.protocol.version=1.1 url.scheme=http",
                "waymark.active_connections {connection} sum 0 ",
                $"waymark.connection.duration s [{ConnectionBounds}] 9 ",
                "waymark.rejected_connections {connection} sum 1 error.type=not_admitted",
                $"waymark.tls_handshake.duration s [{Bounds}] 1 tls.protocol.version=1.3",
            ],
            Lines(collector).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Spans_have_the_documented_names_and_tags_and_a_trace_goes_through_two_servers()
    {
        await using Collector collector = await Collector.StartAsync();
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Telemetry.Name, Source, HttpClientSource)
            .AddOtlpExporter(options => collector.Receive(options, "traces"))
            .Build();
        await using HttpServer inner = await Start();
        using var forwarding = new HttpClient();
        await using HttpServer outer = await new HttpServer(
            new HandMadeTable(("GET", "/orders/:id", async exchange =>
            {
                await Task.Yield();
                exchange.Response.Write(await forwarding.GetByteArrayAsync(
                    new Uri($"{inner.Endpoints[0]}/users/7"), CancellationToken.None));
            })),
            Options()).Use(Telemetry.From()).StartAsync("http://127.0.0.1:0");
        ActivityTraceId trace;
        ActivitySpanId root;
        using (Activity activity = Own.StartActivity("test")!)
        {
            (trace, root) = (activity.TraceId, activity.SpanId);
            await AskAsync(outer.Endpoints[0], "GET /orders/1");
            await AskAsync(inner.Endpoints[0], "GET /fail", "PURGE /fail");
        }

        Assert.True(provider.ForceFlush());
        const int Client = 3;
        Protobuf[] all = [.. collector.Spans];
        Dictionary<string, Protobuf> spans = all.Where(span => span.Number(6) != Client)
            .ToDictionary(span => span.Text(5));
        Assert.Equal(
            ["GET /fail", "GET /orders/:id", "GET /users/:id", "HTTP", "test"],
            spans.Keys.Order(StringComparer.Ordinal));
        Assert.All(all, span => Assert.Equal(trace.ToHexString(), span.Hex(1)));
        Assert.Equal(root.ToHexString(), CallerOf(spans["GET /orders/:id"]));
        Assert.Equal(spans["GET /orders/:id"].Hex(2), CallerOf(spans["GET /users/:id"]));

        string CallerOf(Protobuf server) => all.Single(
            span => span.Number(6) == Client && span.Hex(2) == server.Hex(4)).Hex(4);

        const string Good = "http.request.method=GET http.response.status_code=200 http.route=/users/:id network.protocol.version=1.1 url.scheme=http";
        Assert.Equal(Good, spans["GET /users/:id"].Attributes(9));
        Assert.Equal(
            "error.type=System.TimeZoneNotFoundException http.request.method=GET http.response.status_code=500 http.route=/fail network.protocol.version=1.1 url.scheme=http",
            spans["GET /fail"].Attributes(9));

        // SPAN_KIND_SERVER is 2; of the status codes 2 is an error and 0 is none.
        Assert.All(spans.Where(span => span.Key != "test"), span => Assert.Equal(2, span.Value.Number(6)));
        Assert.Equal(0, StatusOf(spans["GET /users/:id"]));
        Assert.Equal(2, StatusOf(spans["GET /fail"]));
        Assert.Equal(2, StatusOf(spans["HTTP"]));
        Protobuf exception = Assert.Single(spans["GET /fail"].Messages(11));
        Assert.Equal("exception", exception.Text(2));
        Assert.Contains(
            "exception.type=System.TimeZoneNotFoundException", exception.Attributes(3), StringComparison.Ordinal);
        Assert.Empty(spans["HTTP"].Messages(11));
    }

    [Fact]
    public async Task A_trace_that_the_client_does_not_record_is_not_recorded_here()
    {
        await using Collector collector = await Collector.StartAsync();
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Telemetry.Name)
            .AddOtlpExporter(options => collector.Receive(options, "traces"))
            .Build();
        await using HttpServer server = await Start();
        using var client = new HttpClient();
        foreach (string flags in (string[])["00", "01"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Endpoints[0]}/users/{flags}");
            request.Headers.Add("traceparent", $"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
            request.Headers.Add("tracestate", "vendor=1");
            (await client.SendAsync(request, Stop)).Dispose();
        }

        Assert.True(provider.ForceFlush());
        Protobuf span = Assert.Single(collector.Spans);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", span.Hex(1));
        Assert.Equal("00f067aa0ba902b7", span.Hex(4));
        Assert.Equal("vendor=1", span.Text(3));
    }

    private static ServerOptions Options() => new() { IdleGrace = TimeSpan.Zero };

    private static HandMadeTable Table() => new(
        ("GET", "/users/:id", static exchange =>
        {
            exchange.Response.Write("user");
            return ValueTask.CompletedTask;
        }),
        ("GET", "/fail", static _ => throw new TimeZoneNotFoundException()));

    private static Task<HttpServer> Start() =>
        new HttpServer(Table(), Options()).Use(Telemetry.From()).StartAsync("http://127.0.0.1:0");

    /// <summary>Asks, each request on a connection of its own.</summary>
    private static async Task AskAsync(string address, params string[] requests)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var client = new HttpClient(handler) { Timeout = Patience };
        foreach (string line in requests)
        {
            string[] parts = line.Split(' ');
            using var request = new HttpRequestMessage(new HttpMethod(parts[0]), address + parts[1]);
            request.Headers.ConnectionClose = true;
            (await client.SendAsync(request, Stop)).Dispose();
        }
    }

    /// <summary>Connects, and is closed.</summary>
    private static async Task ConnectAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], Stop).AsTask().WaitAsync(Patience, Stop));
    }

    private static async Task ClosedAsync(HttpServer server)
    {
        long start = Stopwatch.GetTimestamp();
        while (server.GetConnections().Count > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "every connection ends");
            await Task.Yield();
        }
    }

    private static long StatusOf(Protobuf span) => span.Messages(15).SingleOrDefault()?.Number(3) ?? 0;

    /// <summary>A line for each data point: name, unit, bounds or kind, count or value, tags.</summary>
    private static IEnumerable<string> Lines(Collector collector)
    {
        foreach (Protobuf metric in collector.Metrics)
        {
            string name = $"{metric.Text(1)} {metric.Text(3)}";
            foreach (Protobuf point in metric.Walk(7, 1))
                yield return $"{name} sum {point.Number(6)} {point.Attributes(7)}";
            foreach (Protobuf point in metric.Walk(9, 1))
            {
                string bounds = string.Join(' ', point.Doubles(7).Select(
                    bound => bound.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                yield return $"{name} [{bounds}] {point.Number(4)} {point.Attributes(9)}";
            }
        }
    }
}
