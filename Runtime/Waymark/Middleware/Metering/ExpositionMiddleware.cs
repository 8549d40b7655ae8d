using System.Buffers;
using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark.Middleware.Metering;

/// <summary>Answers at the path of <see cref="PrometheusMetrics"/>.</summary>
internal sealed class ExpositionMiddleware(PrometheusMetricsOptions options) : IMiddleware
{
    private readonly byte[] _path = Encoding.ASCII.GetBytes(options.Path);

    public Handler Wrap(Handler next, ServerContext server)
    {
        var collector = new MetricsCollector(options, server.Logger);
        server.OnStopped(() =>
        {
            collector.Dispose();
            return ValueTask.CompletedTask;
        });
        return exchange =>
            exchange.Request.MatchPath.SequenceEqual(_path) ? Answer(exchange, collector) : next(exchange);
    }

    private static ValueTask Answer(Exchange exchange, MetricsCollector collector)
    {
        Response response = exchange.Response;
        if (exchange.Request.Verb is not (Verbs.Get or Verbs.Head))
        {
            response.Headers.AddTrusted("Allow"u8, "GET, HEAD"u8);
            ProblemWriter.Write(response, 405, "This path answers GET, HEAD.");
            return ValueTask.CompletedTask;
        }

        response.Headers.AddTrusted("Content-Type"u8, "text/plain; version=0.0.4; charset=utf-8"u8);
        response.Headers.AddTrusted("Cache-Control"u8, "no-store"u8);
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        collector.Write(text);
        return response.WriteAsync(text.WrittenMemory);
    }
}
