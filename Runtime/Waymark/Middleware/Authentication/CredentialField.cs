using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>Whether a request holds credentials of a scheme.</summary>
internal enum CredentialKind
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>There are.</summary>
    Found,

    /// <summary>There are several, or they are cut short: nobody can say which ones are meant.</summary>
    Malformed,
}

/// <summary>Reads the Authorization field: RFC 9110 section 11.6.2.</summary>
internal static class CredentialField
{
    /// <summary>Finds the credentials of a scheme.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="scheme">The scheme's name in lower case; letters.</param>
    /// <param name="credentials">What stands behind the name.</param>
    public static CredentialKind Find(
        Exchange exchange, ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> credentials)
    {
        credentials = default;
        bool isFound = false;
        int count = 0;
        foreach (HeaderLine line in exchange.Request.Headers)
        {
            if (line.Name.Length != 13 || !Ascii.EqualsLower(line.Name, "authorization"u8))
                continue;
            count++;

            // credentials = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
            ReadOnlySpan<byte> value = line.Value;
            int end = value.IndexOf((byte)' ');
            ReadOnlySpan<byte> name = end < 0 ? value : value[..end];
            if (!Ascii.EqualsIgnoreCase(name, scheme))
                continue;
            isFound = true;
            credentials = end < 0 ? default : value[end..].TrimStart((byte)' ');
        }

        if (!isFound)
            return CredentialKind.None;
        return count > 1 || credentials.IsEmpty ? CredentialKind.Malformed : CredentialKind.Found;
    }
}
