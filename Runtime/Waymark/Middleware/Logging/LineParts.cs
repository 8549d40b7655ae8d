using System.Net;
using System.Text;
using Waymark.Http;

namespace Waymark.Middleware.Logging;

/// <summary>Parts of a request as several formats show them.</summary>
internal static class LineParts
{
    /// <summary>The bytes of an address, without a port.</summary>
    /// <param name="peer">Whose.</param>
    /// <param name="room">Takes them; an IPv6 address with a scope needs 64.</param>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlySpan<byte> Address(EndPoint? peer, Span<byte> room)
    {
        if (peer is not IPEndPoint ip)
            return peer is null ? default : "unix"u8;
        return ip.Address.TryFormat(room, out int written) ? room[..written] : default;
    }

    /// <summary>The value of a field line; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Field(Request request, ReadOnlySpan<byte> name)
    {
        foreach (HeaderLine line in request.Headers)
        {
            if (Buffers.Ascii.EqualsIgnoreCase(line.Name, name))
                return line.Value;
        }

        return default;
    }

    /// <summary>The field Referer; its query only where queries are wanted.</summary>
    public static ReadOnlySpan<byte> Referer(in AnsweredRequest request)
    {
        ReadOnlySpan<byte> value = Field(request.Exchange.Request, "Referer"u8);
        int end = request.Has(AccessLogFields.Query) ? -1 : value.IndexOfAny((byte)'?', (byte)'#');
        return end < 0 ? value : value[..end];
    }

    public static ReadOnlySpan<byte> Protocol(Request request) => request.IsHttp10 ? "HTTP/1.0"u8 : "HTTP/1.1"u8;

    /// <summary>RFC 3339 with milliseconds.</summary>
    public static void Time(ref LineWriter line, DateTime time)
    {
        line.Number(time.Year, 4);
        line.Raw((byte)'-');
        line.Number(time.Month, 2);
        line.Raw((byte)'-');
        line.Number(time.Day, 2);
        line.Raw((byte)'T');
        Clock(ref line, time);
        line.Raw((byte)'.');
        line.Number(time.Millisecond, 3);
        line.Raw((byte)'Z');
    }

    public static void Clock(ref LineWriter line, DateTime time)
    {
        line.Number(time.Hour, 2);
        line.Raw((byte)':');
        line.Number(time.Minute, 2);
        line.Raw((byte)':');
        line.Number(time.Second, 2);
    }

    /// <summary>The host as the client or a trusted proxy says; without a string where it is the field's.</summary>
    public static ReadOnlySpan<byte> Host(Request request) =>
        request.Forwarded?.Host is null && request.Head.Authority.Length == 0
            ? Field(request, "Host"u8)
            : Utf8(request.Host);

    /// <summary>Text that is rare enough to be copied.</summary>
    public static ReadOnlySpan<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
