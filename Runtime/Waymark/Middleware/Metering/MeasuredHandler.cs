using System.Diagnostics;
using System.Text;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>One place that <see cref="Telemetry"/> stands at.</summary>
internal sealed class MeasuredHandler
{
    // https://www.w3.org/TR/trace-context/#tracestate-limits: at least so many must be passed on; more is dropped.
    private const int TraceStateMax = 512;

    private readonly Handler _next;
    private readonly TimeProvider _time;
    private readonly Instruments _instruments;
    private readonly RequestTags _tags;
    private readonly PathFilter _excluded;
    private readonly TelemetryOptions _options;
    private readonly Action<Exchange> _end;
    private readonly Action<Exchange> _countEnd;

    public MeasuredHandler(Handler next, ServerContext server, Instruments instruments, TelemetryOptions options)
    {
        _next = next;
        _time = server.TimeProvider;
        _instruments = instruments;
        _tags = new RequestTags(server.Routes);
        _excluded = new PathFilter(options.ExcludedPaths);
        _options = options;
        _end = End;
        _countEnd = exchange => instruments.ActiveRequests.Add(-1, RequestTags.OfBeginning(exchange.Request));
    }

    public ValueTask HandleAsync(Exchange exchange)
    {
        bool isTraced = _instruments.Source.HasListeners();
        if ((!isTraced && !_instruments.AreRequestsMeasured) || _excluded.Contains(exchange.Request))
            return _next(exchange);
        if (exchange.StartedAt == 0)
            exchange.StartedAt = _time.GetTimestamp();
        exchange.OnCompleted(_end);
        if (_instruments.ActiveRequests.Enabled)
        {
            _instruments.ActiveRequests.Add(1, RequestTags.OfBeginning(exchange.Request));

            // Only what was counted is taken back, whoever listens by then.
            exchange.OnCompleted(_countEnd);
        }

        return isTraced ? Trace(exchange) : _next(exchange);
    }

    private ValueTask Trace(Exchange exchange)
    {
        Activity? outer = Activity.Current;
        exchange.Span = _instruments.Source.StartActivity(
            RequestTags.NameOf(exchange.Request), ActivityKind.Server, ParentOf(exchange.Request),
            RequestTags.OfBeginning(exchange.Request));
        try
        {
            return _next(exchange);
        }
        finally
        {
            // What the handler goes on with has the span; the connection's own flow, and its next request, do not.
            Activity.Current = outer;
        }
    }

    private void End(Exchange exchange)
    {
        RequestOutcome outcome = _tags.OfEnd(exchange);
        if (_instruments.RequestDuration.Enabled)
        {
            _instruments.RequestDuration.Record(
                _time.GetElapsedTime(exchange.StartedAt).TotalSeconds, outcome.Tags);
        }

        if (exchange.Span is { } span)
            EndSpan(span, exchange, outcome);
    }

    private void EndSpan(Activity span, Exchange exchange, RequestOutcome outcome)
    {
        try
        {
            span.DisplayName = outcome.SpanName;
            if (!span.IsAllDataRequested)
                return;
            foreach (Tag tag in outcome.Tags)
                span.SetTag(tag.Key, tag.Value);
            bool isError = IsError(exchange);
            if (isError)
                span.SetStatus(ActivityStatusCode.Error);
            if (isError && exchange.Failure is { } failure)
                span.AddException(failure);
            _options.Enrich?.Invoke(span, exchange);
        }
        finally
        {
            span.Stop();
        }
    }

    /// <summary>True for 5xx, and where a handler failed when its status could not be told any more.</summary>
    private static bool IsError(Exchange exchange) => exchange.SentStatus >= 500
        || (exchange.IsCutOff && exchange.Failure is not (null or IOException or OperationCanceledException));

    private ActivityContext ParentOf(Request request)
    {
        if (!_options.TakesTraceContext || !TryJoin(request, "traceparent"u8, out string? parent) || parent is null
            || parent.Contains(','))
        {
            return default;
        }

        _ = TryJoin(request, "tracestate"u8, out string? state);
        return ActivityContext.TryParse(
            parent, state?.Length <= TraceStateMax ? state : null, isRemote: true, out ActivityContext context)
            ? context : default;
    }

    /// <summary>The values of all field lines of a name, as one: RFC 9110 section 5.3.</summary>
    private static bool TryJoin(Request request, ReadOnlySpan<byte> name, out string? joined)
    {
        joined = null;
        foreach (HeaderLine line in request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, name))
                continue;
            string value = Encoding.Latin1.GetString(line.Value);
            joined = joined is null ? value : $"{joined},{value}";
        }

        return joined is not null;
    }
}
