using System.Text.Unicode;
using Waymark.Buffers;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>: WHATWG URL section 5.1.</summary>
/// <remarks>
/// Pairs are separated by <c>&amp;</c>, empty ones are skipped, the first <c>=</c> ends the name; <c>+</c> is a space,
/// escapes are decoded once, a percent sign without two hexadecimal digits stays as it is. One thing is stricter than
/// there: octets that are not UTF-8 are refused, where a browser's decoder would put U+FFFD for them.
/// </remarks>
internal static class UrlEncodedForm
{
    /// <summary>Adds the fields of a form; None where all is well.</summary>
    public static RequestRejection Parse(ReadOnlySpan<byte> raw, int keysMax, FormFields form)
    {
        // Decoding makes nothing longer: one block holds it all.
        form.Free(raw.Length);
        while (!raw.IsEmpty)
        {
            int end = raw.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? raw : raw[..end];
            raw = end < 0 ? default : raw[(end + 1)..];
            if (pair.IsEmpty)
                continue;
            if (form.Count == keysMax)
                return RequestRejection.TooManyFormFields;
            int equals = pair.IndexOf((byte)'=');
            int nameLength = Decode(equals < 0 ? pair : pair[..equals], form, out bool isName);
            form.Begin(nameLength);
            form.Fill(Decode(equals < 0 ? default : pair[(equals + 1)..], form, out bool isValue));
            if (!isName || !isValue)
                return RequestRejection.InvalidFormText;
        }

        return RequestRejection.None;
    }

    private static int Decode(ReadOnlySpan<byte> raw, FormFields form, out bool isText)
    {
        Span<byte> destination = form.Free(raw.Length).Span;
        int length = PercentDecoder.Decode(raw, destination, isPlusSpace: true);
        isText = Utf8.IsValid(destination[..length]);
        return length;
    }
}
