using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Http.Writing;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>Decides about each answer when its head is put together, and compresses what is complete by then.</summary>
internal sealed class CompressionMiddleware : IMiddleware
{
    private readonly CompressionOptions _options;
    private readonly ContentTypeSet _types;
    private readonly ContentCoding[] _codings;

    public CompressionMiddleware(CompressionOptions options, ContentTypeSet types)
    {
        _options = options;
        _types = types;
        _codings = new ContentCoding[options.Codings.Count];
        for (int index = 0; index < _codings.Length; index++)
            _codings[index] = options.Codings[index] == "br" ? ContentCoding.Brotli : ContentCoding.Gzip;
    }

    public Handler Wrap(Handler next, ServerContext server)
    {
        Action<Exchange> starting = Decide;
        return exchange =>
        {
            exchange.OnStarting(starting);
            return next(exchange);
        };
    }

    private void Decide(Exchange exchange)
    {
        Response response = exchange.Response;
        ResponseHeaders headers = response.Headers;
        bool isNotModified = response.StatusCode == 304;
        if (response.Writer.Filter is not null || headers.Contains("Content-Encoding"u8) || MustNotChange(headers)
            || !(isNotModified || IsListed(headers)))
        {
            return;
        }

        VaryField.Add(headers, "Accept-Encoding"u8);
        var accepted = AcceptEncodingField.Read(exchange.Request.Headers);
        if (response.StatusCode is 204 or 205 or 206 || accepted.Choose(_codings) is not { } coding)
            return;
        if (isNotModified)
            WeakenTag(headers); // That of the answer that the client has: RFC 9110 section 15.4.5.
        else if (response.Writer.IsEnding)
            EncodeWhole(exchange, coding, accepted.IsIdentityRefused);
        else if (response.ContentLength is not { } length || IsWorthIt(length, accepted.IsIdentityRefused))
            BeginStream(exchange, coding);
    }

    private bool IsListed(ResponseHeaders headers) =>
        headers.TryGet("Content-Type"u8, out ReadOnlySpan<byte> type) && _types.Contains(type);

    private bool IsWorthIt(long length, bool isIdentityRefused) =>
        length > 0 && (length >= _options.BytesMin || isIdentityRefused);

    /// <summary>True where the octets count: RFC 9111 section 5.2.2.6, RFC 9530, RFC 9110 section 14.4.</summary>
    private static bool MustNotChange(ResponseHeaders headers)
    {
        for (int index = 0; index < headers.Count; index++)
        {
            if (!headers.TryGetAt(index, "Cache-Control"u8, out ReadOnlySpan<byte> list))
                continue;
            while (!list.IsEmpty)
            {
                if (Ascii.EqualsIgnoreCase(Ascii.TakeElement(ref list, (byte)','), "no-transform"u8))
                    return true;
            }
        }

        return headers.Contains("Content-Range"u8) || headers.Contains("Content-Digest"u8)
            || headers.Contains("Content-MD5"u8);
    }

    private void EncodeWhole(Exchange exchange, ContentCoding coding, bool isIdentityRefused)
    {
        Response response = exchange.Response;
        ResponseWriter writer = response.Writer;
        long length = response.ContentLength ?? writer.BodyBytes;
        if (!IsWorthIt(length, isIdentityRefused))
            return;
        if (length != writer.BodyBytes)
        {
            // A declared length that was not met is an error; but HEAD may declare what it does not make, and then
            // nobody knows how long it would have become.
            if (exchange.Request.Verb == Verbs.Head)
                BeginStream(exchange, coding);
            return;
        }

        EncodingFilter filter = EncodingFilter.Of(coding, _options.Level);
        try
        {
            for (int index = 0; index < writer.BodyPieceCount; index++)
                filter.Write(writer.GetBodyPiece(index).Span);
            filter.Finish();
            if (filter.Output.Length >= length && !isIdentityRefused)
                return;
            response.ContentLength = null;
            writer.ReplaceBody(filter.Output);
        }
        finally
        {
            filter.Release();
        }

        Mark(response.Headers, coding);
    }

    private void BeginStream(Exchange exchange, ContentCoding coding)
    {
        exchange.Response.Writer.Filter = EncodingFilter.Of(coding, _options.Level);
        Mark(exchange.Response.Headers, coding);
        exchange.OnCompleted(static exchange =>
        {
            // Where something was left behind, it may still write into the filter: its memory is left to it.
            if (!exchange.IsCutOff)
                (exchange.Response.Writer.Filter as EncodingFilter)?.Release();
        });
    }

    private static void Mark(ResponseHeaders headers, ContentCoding coding)
    {
        headers.AddTrusted("Content-Encoding"u8, coding == ContentCoding.Brotli ? "br"u8 : "gzip"u8);
        WeakenTag(headers);

        // Ranges would be of the octets that were not compressed.
        headers.Remove("Accept-Ranges"u8);
    }

    private static void WeakenTag(ResponseHeaders headers)
    {
        if (!headers.TryGet("ETag"u8, out ReadOnlySpan<byte> tag) || !tag.StartsWith("\""u8))
            return;
        byte[] weak = [(byte)'W', (byte)'/', .. tag];
        headers.SetTrusted("ETag"u8, weak);
    }
}
