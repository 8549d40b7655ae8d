namespace Waymark.Middleware.Logging;

/// <summary>The format for people: see <see cref="AccessLog.Text"/>.</summary>
internal static class TextLine
{
    public static void Write(ref LineWriter line, in AnsweredRequest request)
    {
        Exchange exchange = request.Exchange;
        if (request.Has(AccessLogFields.Time))
        {
            LineParts.Time(ref line, request.Time);
            line.Raw((byte)' ');
        }

        if (request.Has(AccessLogFields.RemoteAddress))
            Value(ref line, LineParts.Address(exchange.Request.RemoteEndPoint, stackalloc byte[64]));
        if (request.Has(AccessLogFields.Method))
            Value(ref line, exchange.Request.MethodBytes);
        WriteTarget(ref line, in request);
        if (request.Has(AccessLogFields.Protocol))
            Value(ref line, LineParts.Protocol(exchange.Request));
        WriteNumbers(ref line, in request);
        WriteNamed(ref line, in request);

        // The blank behind the last field becomes the end of the line.
        line.EndLine();
    }

    private static void WriteTarget(ref LineWriter line, in AnsweredRequest request)
    {
        if (!request.Has(AccessLogFields.Path))
            return;
        line.Escaped(request.Exchange.Request.RawPath);
        if (request.Has(AccessLogFields.Query) && request.Exchange.Request.HasQuery)
        {
            line.Raw((byte)'?');
            line.Escaped(request.Exchange.Request.Query.Raw);
        }

        line.Raw((byte)' ');
    }

    private static void WriteNumbers(ref LineWriter line, in AnsweredRequest request)
    {
        if (request.Has(AccessLogFields.Status))
        {
            if (request.Exchange.SentStatus is > 0 and int status)
                line.Number(status);
            else
                line.Raw((byte)'-');
            line.Raw((byte)' ');
        }

        if (request.Has(AccessLogFields.BodyBytes))
        {
            line.Number(request.Exchange.SentBodyBytes);
            line.Raw((byte)' ');
        }

        if (request.Has(AccessLogFields.Duration))
        {
            line.Milliseconds(request.Duration);
            line.Raw("ms "u8);
        }
    }

    private static void WriteNamed(ref LineWriter line, in AnsweredRequest request)
    {
        Exchange exchange = request.Exchange;
        if (request.Has(AccessLogFields.Route))
            Named(ref line, "route"u8, request.Route);
        if (request.Has(AccessLogFields.RequestId))
            Named(ref line, "id"u8, exchange.RequestIdBytes);
        if (request.Has(AccessLogFields.TraceId) && exchange.Span is { } span)
        {
            Span<byte> trace = stackalloc byte[16];
            span.TraceId.CopyTo(trace);
            line.Raw("trace="u8);
            line.Hex(trace);
            line.Raw((byte)' ');
        }

        if (request.Has(AccessLogFields.Scheme))
            Named(ref line, "scheme"u8, exchange.Request.Scheme == "https" ? "https"u8 : "http"u8);
        if (request.Has(AccessLogFields.Host))
            Named(ref line, "host"u8, LineParts.Host(exchange.Request));
        if (request.Has(AccessLogFields.Referer))
            Named(ref line, "referer"u8, LineParts.Referer(in request));
        if (request.Has(AccessLogFields.UserAgent))
            Named(ref line, "agent"u8, LineParts.Field(exchange.Request, "User-Agent"u8));
        if (request.Has(AccessLogFields.Connection))
        {
            line.Raw("connection="u8);
            line.Number(exchange.Connection.Id);
            line.Raw((byte)' ');
        }

        if (!request.Has(AccessLogFields.Failure))
            return;
        if (exchange.Failure is { } failure)
            Named(ref line, "error"u8, LineParts.Utf8(failure.GetType().ToString()));
        if (exchange.IsCutOff)
            line.Raw("cut-off "u8);
    }

    private static void Value(ref LineWriter line, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            line.Raw((byte)'-');
        else
            line.Escaped(value);
        line.Raw((byte)' ');
    }

    private static void Named(ref LineWriter line, ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        line.Raw(name);
        line.Raw("=\""u8);
        line.Escaped(value);
        line.Raw("\" "u8);
    }
}
