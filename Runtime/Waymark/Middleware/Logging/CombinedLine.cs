namespace Waymark.Middleware.Logging;

/// <summary>
/// The combined log format: <c>%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"</c>. Nobody is asked for %l, and
/// %u may be private: both are a dash.
/// </summary>
internal static class CombinedLine
{
    /// <summary>What the format has a place for, but queries.</summary>
    public const AccessLogFields Fields = AccessLogFields.RemoteAddress | AccessLogFields.Time | AccessLogFields.Method
        | AccessLogFields.Path | AccessLogFields.Protocol | AccessLogFields.Status | AccessLogFields.BodyBytes
        | AccessLogFields.Referer | AccessLogFields.UserAgent;

    public static void Write(ref LineWriter line, in AnsweredRequest request)
    {
        Exchange exchange = request.Exchange;
        ReadOnlySpan<byte> address = request.Has(AccessLogFields.RemoteAddress)
            ? LineParts.Address(exchange.Request.RemoteEndPoint, stackalloc byte[64]) : default;
        OrDash(ref line, address);
        line.Raw(" - - ["u8);
        if (request.Has(AccessLogFields.Time))
            WriteTime(ref line, request.Time);
        else
            line.Raw((byte)'-');
        line.Raw("] \""u8);
        WriteRequestLine(ref line, in request);
        line.Raw("\" "u8);
        if (request.Has(AccessLogFields.Status) && exchange.SentStatus is > 0 and int status)
            line.Number(status);
        else
            line.Raw((byte)'-');
        line.Raw((byte)' ');
        if (request.Has(AccessLogFields.BodyBytes) && exchange.SentBodyBytes is > 0 and long bytes)
            line.Number(bytes);
        else
            line.Raw((byte)'-');
        line.Raw(" \""u8);
        OrDash(ref line, request.Has(AccessLogFields.Referer) ? LineParts.Referer(in request) : default);
        line.Raw("\" \""u8);
        OrDash(ref line, request.Has(AccessLogFields.UserAgent)
            ? LineParts.Field(exchange.Request, "User-Agent"u8) : default);
        line.Raw("\" "u8);
        line.EndLine();
    }

    private static void WriteRequestLine(ref LineWriter line, in AnsweredRequest request)
    {
        Request asked = request.Exchange.Request;
        OrDash(ref line, request.Has(AccessLogFields.Method) ? asked.MethodBytes : default);
        line.Raw((byte)' ');
        OrDash(ref line, request.Has(AccessLogFields.Path) ? asked.RawPath : default);
        if (request.Has(AccessLogFields.Query) && asked.HasQuery)
        {
            line.Raw((byte)'?');
            line.Escaped(asked.Query.Raw);
        }

        line.Raw((byte)' ');
        OrDash(ref line, request.Has(AccessLogFields.Protocol) ? LineParts.Protocol(asked) : default);
    }

    private static void WriteTime(ref LineWriter line, DateTime time)
    {
        line.Number(time.Day, 2);
        line.Raw((byte)'/');
        line.Raw("JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice((time.Month - 1) * 3, 3));
        line.Raw((byte)'/');
        line.Number(time.Year, 4);
        line.Raw((byte)':');
        LineParts.Clock(ref line, time);
        line.Raw(" +0000"u8);
    }

    private static void OrDash(ref LineWriter line, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            line.Raw((byte)'-');
        else
            line.Escaped(value);
    }
}
