using System.Buffers;
using System.Text;

namespace Waymark.Http.Problems;

/// <summary>A JSON pointer as the fragment of a URI: RFC 6901 section 6.</summary>
internal static class PointerFragment
{
    // fragment = *( pchar / "/" / "?" )
    // pchar = unreserved / pct-encoded / sub-delims / ":" / "@"    (RFC 3986 sections 3.3 and 3.5)
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"u8);

    /// <summary>Writes <c>#/items/0</c> for <c>/items/0</c>; what it writes needs no escape in JSON.</summary>
    /// <param name="response">Takes it.</param>
    /// <param name="pointer">A pointer; a first slash that is missing is added.</param>
    public static void Write(Response response, string pointer)
    {
        response.Write("#"u8);
        if (pointer.Length > 0 && pointer[0] != '/')
            response.Write("/"u8);

        // Half of a surrogate pair becomes U+FFFD, as everywhere in a problem document.
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(pointer);
        while (!rest.IsEmpty)
        {
            int plainBytes = rest.IndexOfAnyExcept(Plain);
            if (plainBytes < 0)
                plainBytes = rest.Length;
            response.Write(rest[..plainBytes]);
            rest = rest[plainBytes..];
            if (!rest.IsEmpty)
            {
                WriteEscape(response, rest[0]);
                rest = rest[1..];
            }
        }
    }

    private static void WriteEscape(Response response, byte octet)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        response.Write([(byte)'%', digits[octet >> 4], digits[octet & 15]]);
    }
}
