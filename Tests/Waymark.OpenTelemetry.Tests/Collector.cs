using System.Collections.Concurrent;
using OpenTelemetry.Exporter;

namespace Waymark.OpenTelemetry.Tests;

/// <summary>What takes telemetry by OTLP over HTTP (protobuf), as a collector does.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<Protobuf> _metrics = new();
    private readonly ConcurrentQueue<Protobuf> _traces = new();
    private HttpServer? _server;

    /// <summary>The spans that came, whatever sent them.</summary>
    public IEnumerable<Protobuf> Spans => _traces.SelectMany(request => request.Walk(1, 2, 2));

    /// <summary>The metrics of the last export.</summary>
    public IEnumerable<Protobuf> Metrics => _metrics.Last().Walk(1, 2, 2);

    /// <summary>The names of the meters of the last export.</summary>
    public IEnumerable<string> Scopes => _metrics.Last().Walk(1, 2, 1).Select(scope => scope.Text(1)).Distinct();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        var table = new HandMadeTable(
            ("POST", "/v1/metrics", exchange => TakeAsync(exchange, collector._metrics)),
            ("POST", "/v1/traces", exchange => TakeAsync(exchange, collector._traces)));
        collector._server = await new HttpServer(table, new ServerOptions { IdleGrace = TimeSpan.Zero })
            .StartAsync("http://127.0.0.1:0");
        return collector;
    }

    /// <summary>Has an exporter send here.</summary>
    public void Receive(OtlpExporterOptions options, string signal)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{_server!.Endpoints[0]}/v1/{signal}");
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    private static async ValueTask TakeAsync(Exchange exchange, ConcurrentQueue<Protobuf> queue)
    {
        ReadOnlyMemory<byte> body = await exchange.Request.Body.ReadAllAsync();
        queue.Enqueue(new Protobuf(body.Span));
        exchange.Response.SetContentType("application/x-protobuf"u8);
    }
}
