using System.Text.Encodings.Web;
using System.Text.Json;
using Waymark.Http.Writing;

namespace Waymark.Http;

/// <summary>Error answers as problem documents: RFC 9457.</summary>
internal static class ProblemDetails
{
    /// <summary>Text in a response body is not put into HTML here, so only what JSON itself needs is escaped.</summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes the answer; header fields that were set before stay.</summary>
    /// <param name="response">Not started.</param>
    /// <param name="status">The status code.</param>
    /// <param name="detail">A sentence about this occurrence; null where the title says it all.</param>
    public static void Write(Response response, int status, string? detail = null)
    {
        response.StatusCode = status;
        response.SetContentType("application/problem+json"u8);
        response.Write("{\"type\":\"about:blank\",\"title\":\""u8);
        response.Write(StatusText.Of(status));
        response.Write("\",\"status\":"u8);
        Span<byte> digits = response.GetSpan(3);
        digits[0] = (byte)('0' + (status / 100));
        digits[1] = (byte)('0' + (status / 10 % 10));
        digits[2] = (byte)('0' + (status % 10));
        response.Advance(3);
        if (detail is not null)
        {
            response.Write(",\"detail\":\""u8);
            // Half of a surrogate pair becomes U+FFFD: an error answer must not fail itself.
            byte[] text = System.Text.Encoding.UTF8.GetBytes(detail);
            response.Write(JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes);
            response.Write("\""u8);
        }

        response.Write("}"u8);
    }
}
