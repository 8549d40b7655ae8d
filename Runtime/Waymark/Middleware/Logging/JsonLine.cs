namespace Waymark.Middleware.Logging;

/// <summary>One JSON object a line: see <see cref="AccessLog.Json"/>.</summary>
internal static class JsonLine
{
    public static void Write(ref LineWriter line, in AnsweredRequest request)
    {
        line.Raw((byte)'{');
        WriteAsked(ref line, in request);
        WriteAnswered(ref line, in request);
        WriteNames(ref line, in request);
        if (request.Has(AccessLogFields.Failure) && request.Exchange.Failure is { } failure)
            Text(ref line, "error"u8, LineParts.Utf8(failure.GetType().ToString()));
        if (request.Has(AccessLogFields.Failure) && request.Exchange.IsCutOff)
            line.Raw("\"cut_off\":true,"u8);
        line.EndObject();
    }

    private static void WriteAsked(ref LineWriter line, in AnsweredRequest request)
    {
        Request asked = request.Exchange.Request;
        if (request.Has(AccessLogFields.Time))
        {
            line.Raw("\"time\":\""u8);
            LineParts.Time(ref line, request.Time);
            line.Raw("\","u8);
        }

        if (request.Has(AccessLogFields.RemoteAddress))
            Text(ref line, "remote"u8, LineParts.Address(asked.RemoteEndPoint, stackalloc byte[64]));
        if (request.Has(AccessLogFields.Method))
            Text(ref line, "method"u8, asked.MethodBytes);
        if (request.Has(AccessLogFields.Scheme))
            Text(ref line, "scheme"u8, asked.Scheme == "https" ? "https"u8 : "http"u8);
        if (request.Has(AccessLogFields.Host))
            Text(ref line, "host"u8, LineParts.Host(asked));
        if (request.Has(AccessLogFields.Path))
            Text(ref line, "path"u8, asked.RawPath);
        if (request.Has(AccessLogFields.Query))
            Text(ref line, "query"u8, asked.Query.Raw);
        if (request.Has(AccessLogFields.Protocol))
            Text(ref line, "protocol"u8, LineParts.Protocol(asked));
    }

    private static void WriteAnswered(ref LineWriter line, in AnsweredRequest request)
    {
        if (request.Has(AccessLogFields.Status) && request.Exchange.SentStatus is > 0 and int status)
            Number(ref line, "status"u8, status);
        if (request.Has(AccessLogFields.BodyBytes))
            Number(ref line, "bytes"u8, request.Exchange.SentBodyBytes);
        if (request.Has(AccessLogFields.Duration))
        {
            line.Raw("\"duration_ms\":"u8);
            line.Milliseconds(request.Duration);
            line.Raw((byte)',');
        }
    }

    private static void WriteNames(ref LineWriter line, in AnsweredRequest request)
    {
        Exchange exchange = request.Exchange;
        if (request.Has(AccessLogFields.Route))
            Text(ref line, "route"u8, request.Route);
        if (request.Has(AccessLogFields.RequestId))
            Text(ref line, "request_id"u8, exchange.RequestIdBytes);
        if (request.Has(AccessLogFields.TraceId) && exchange.Span is { } span)
        {
            Span<byte> trace = stackalloc byte[16];
            span.TraceId.CopyTo(trace);
            line.Raw("\"trace_id\":\""u8);
            line.Hex(trace);
            line.Raw("\","u8);
        }

        if (request.Has(AccessLogFields.Referer))
            Text(ref line, "referer"u8, LineParts.Referer(in request));
        if (request.Has(AccessLogFields.UserAgent))
            Text(ref line, "user_agent"u8, LineParts.Field(exchange.Request, "User-Agent"u8));
        if (request.Has(AccessLogFields.Connection))
            Number(ref line, "connection"u8, exchange.Connection.Id);
    }

    private static void Text(ref LineWriter line, ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        line.Raw((byte)'"');
        line.Raw(name);
        line.Raw("\":\""u8);
        line.JsonEscaped(value);
        line.Raw("\","u8);
    }

    private static void Number(ref LineWriter line, ReadOnlySpan<byte> name, long value)
    {
        line.Raw((byte)'"');
        line.Raw(name);
        line.Raw("\":"u8);
        line.Number(value);
        line.Raw((byte)',');
    }
}
