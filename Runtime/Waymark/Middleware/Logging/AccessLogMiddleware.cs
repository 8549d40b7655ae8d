using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Waymark.Routing;

namespace Waymark.Middleware.Logging;

/// <summary>Puts one request into one line, its end included.</summary>
internal delegate void LineFormat(ref LineWriter line, in AnsweredRequest request);

/// <summary>What a line is made of.</summary>
internal readonly ref struct AnsweredRequest
{
    public required Exchange Exchange { get; init; }

    public required AccessLogFields Fields { get; init; }

    public required DateTime Time { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The template of its route, UTF-8; empty for none.</summary>
    public required ReadOnlySpan<byte> Route { get; init; }

    public bool Has(AccessLogFields field) => (Fields & field) != 0;
}

/// <summary>Notes when a request begins, and gives its line to the sink when its answer has ended.</summary>
internal sealed class AccessLogMiddleware(LineFormat? format, AccessLogOptions options, AccessLogFields fields)
    : IOutermost
{
    private const int LineBytesInitially = 1024;

    private readonly PathFilter _excluded = new(options.ExcludedPaths);
    private readonly Lock _lock = new();

    // INVARIANT: under _lock. One for all places and servers, since they share the stream.
    private LogSink? _sink;

    public Handler Wrap(Handler next, ServerContext server)
    {
        Action<Exchange> completed = format is null
            ? new LoggedPlace(this, server).Log
            : new WrittenPlace(this, server, Open(server)).Write;
        TimeProvider time = server.TimeProvider;
        return exchange =>
        {
            if (exchange.StartedAt == 0)
                exchange.StartedAt = time.GetTimestamp();
            exchange.OnCompleted(completed);
            return next(exchange);
        };
    }

    private LogSink Open(ServerContext server)
    {
        lock (_lock)
        {
            _sink ??= new LogSink(
                options.Stream ?? Console.OpenStandardOutput(), options.FlushPeriod, options.PendingBytesMax,
                server.TimeProvider, server.Logger);
            server.OnStopped(_sink.FlushAsync);
            return _sink;
        }
    }

    private bool IsWanted(Exchange exchange) =>
        !_excluded.Contains(exchange.Request) && (options.Filter is null || options.Filter(exchange));

    /// <summary>One place that this stands at, writing lines.</summary>
    private sealed class WrittenPlace(AccessLogMiddleware owner, ServerContext server, LogSink sink)
    {
        private readonly byte[][] _routes = TemplatesOf(server.Routes);
        private readonly LineFormat _format = owner.Format;

        public void Write(Exchange exchange)
        {
            if (!owner.IsWanted(exchange))
                return;
            TimeProvider time = server.TimeProvider;
            int route = exchange.Route;
            var request = new AnsweredRequest
            {
                Exchange = exchange,
                Fields = owner.Fields,
                Time = time.GetUtcNow().UtcDateTime,
                Duration = time.GetElapsedTime(exchange.StartedAt),
                Route = route >= 0 && route < _routes.Length ? _routes[route] : default,
            };
            var line = new LineWriter(stackalloc byte[LineBytesInitially]);
            _format(ref line, in request);
            Debug.Assert(line.Written[..^1].IndexOfAnyInRange((byte)0, (byte)31) < 0 && line.Written[^1] == '\n');
            sink.Append(line.Written);
            line.Dispose();
        }
    }

    private LineFormat Format => format!;

    private AccessLogFields Fields => fields;

    /// <summary>One place that this stands at, making events.</summary>
    private sealed class LoggedPlace(AccessLogMiddleware owner, ServerContext server)
    {
        private readonly IReadOnlyList<RouteInfo> _routes = server.Routes.Routes;

        public void Log(Exchange exchange)
        {
            if (!server.Logger.IsEnabled(LogLevel.Information) || !owner.IsWanted(exchange))
                return;
            Request request = exchange.Request;
            int route = exchange.Route;
            string? path = !Has(AccessLogFields.Path) ? null
                : Encoding.ASCII.GetString(Has(AccessLogFields.Query) && request.HasQuery
                    ? request.Target : request.RawPath);
            MiddlewareLog.Answered(
                server.Logger,
                request.Method,
                path,
                exchange.SentStatus,
                exchange.SentBodyBytes,
                server.TimeProvider.GetElapsedTime(exchange.StartedAt).TotalMilliseconds,
                Has(AccessLogFields.RemoteAddress) ? (request.RemoteEndPoint as IPEndPoint)?.Address : null,
                Has(AccessLogFields.Route) && route >= 0 && route < _routes.Count ? _routes[route].Template : null,
                Has(AccessLogFields.RequestId) ? exchange.RequestId : null);
        }

        private bool Has(AccessLogFields field) => (owner.Fields & field) != 0;
    }

    private static byte[][] TemplatesOf(RouteTable table)
    {
        IReadOnlyList<RouteInfo> routes = table.Routes;
        byte[][] templates = new byte[routes.Count][];
        for (int index = 0; index < templates.Length; index++)
            templates[index] = Encoding.UTF8.GetBytes(routes[index].Template);
        return templates;
    }
}
