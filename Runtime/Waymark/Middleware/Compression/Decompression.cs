using System.IO.Compression;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Middleware;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>Takes request bodies that are compressed: RFC 9110 section 8.4.</summary>
/// <remarks>
/// <c>gzip</c>, <c>br</c> and <c>deflate</c> (with the zlib format, as section 8.4.1.2 says), one of them. Everything
/// inside of it sees the body as if it had come plain: Content-Encoding and Content-Length are gone, and
/// <see cref="RequestBody.Length"/> is not known. The limit of a body (<see cref="RequestBody.BytesMax"/>) holds for
/// what came and for what comes out. Another coding gets 415 with Accept-Encoding, a body that is not what it says
/// 400, a bomb 413. It is decoded while it is read: what is not read costs nothing.
/// </remarks>
/// <example>
/// <code>
/// server.Use(Decompression.From());
/// </code>
/// </example>
public static class Decompression
{
    private const int RatioLimit = 1032;

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>; once.</returns>
    /// <exception cref="OptionsException">Values are out of range.</exception>
    public static IMiddleware From(DecompressionOptions? options = null)
    {
        options ??= new DecompressionOptions();
        return options.RatioMax is >= 1 and <= RatioLimit
            ? new Decoder(options.RatioMax)
            : throw new OptionsException(
                [$"DecompressionOptions.RatioMax is {options.RatioMax}; it must be from 1 to {RatioLimit}."]);
    }

    private sealed class Decoder(int ratioMax) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => exchange =>
            !exchange.Request.Headers.TryGet("Content-Encoding"u8, out _)
            || exchange.Request.Body.Length == 0 || TryDecode(exchange)
                ? next(exchange)
                : ValueTask.CompletedTask;

        /// <summary>Puts a decoder before the body; false where the request is answered.</summary>
        private bool TryDecode(Exchange exchange)
        {
            Request request = exchange.Request;
            ReadOnlySpan<byte> coding = CodingOf(request.Headers);
            if (coding.IsEmpty || Ascii.EqualsIgnoreCase(coding, "identity"u8))
                return true;
            if (Ascii.EqualsIgnoreCase(coding, "gzip"u8) || Ascii.EqualsIgnoreCase(coding, "x-gzip"u8))
                request.Body.Decode(OpenGzip, new BodyCheck(BodyCheckKind.Gzip), ratioMax);
            else if (Ascii.EqualsIgnoreCase(coding, "br"u8))
                request.Body.Decode(OpenBrotli, new BodyCheck(BodyCheckKind.None), ratioMax);
            else if (Ascii.EqualsIgnoreCase(coding, "deflate"u8))
                request.Body.Decode(OpenZlib, new BodyCheck(BodyCheckKind.Zlib), ratioMax);
            else
                return Refuse(exchange.Response);
            request.RemoveHeader("Content-Encoding"u8);
            request.RemoveHeader("Content-Length"u8);
            return true;
        }

        /// <summary>The value of the only field line; of several, one that is no coding.</summary>
        private static ReadOnlySpan<byte> CodingOf(RequestHeaders headers)
        {
            ReadOnlySpan<byte> coding = default;
            int count = 0;
            foreach (HeaderLine line in headers)
            {
                if (!Ascii.EqualsIgnoreCase(line.Name, "Content-Encoding"u8))
                    continue;
                coding = line.Value;
                count++;
            }

            return count > 1 ? ","u8 : coding;
        }

        // RFC 9110 section 12.5.3: a 415 because of the coding says which ones are taken.
        private static bool Refuse(Response response)
        {
            response.Headers.AddTrusted("Accept-Encoding"u8, "br, gzip, deflate"u8);
            ProblemWriter.Write(response, 415, "A body may be compressed with br, gzip or deflate, once.");
            return false;
        }

        private static GZipStream OpenGzip(Stream encoded) => new(encoded, CompressionMode.Decompress);

        private static BrotliBody OpenBrotli(Stream encoded) => new(encoded);

        private static ZLibStream OpenZlib(Stream encoded) => new(encoded, CompressionMode.Decompress);
    }
}
