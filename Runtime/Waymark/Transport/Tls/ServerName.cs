using System.Globalization;

namespace Waymark.Transport.Tls;

/// <summary>A host name that a certificate is chosen by.</summary>
internal static class ServerName
{
    private const int LengthMax = 253;
    private const int LabelLengthMax = 63;

    /// <summary>Reads a name into the form that SslStream gives a client's in.</summary>
    /// <param name="text">A host, or <c>*.</c> and a domain. An IDN as U-labels or A-labels.</param>
    /// <param name="name">The name, with U-labels.</param>
    public static bool TryRead(string text, out string name)
    {
        name = "";
        bool isWildcard = text.StartsWith("*.", StringComparison.Ordinal);
        string domain = isWildcard ? text[2..] : text;
        if (!TryEncode(domain, out string ascii) || ascii.Length > LengthMax || !IsHost(ascii))
            return false;

        // The client's name arrives decoded, so the one to compare with is too.
        name = (isWildcard ? "*." : "") + new IdnMapping().GetUnicode(ascii);
        return true;
    }

    private static bool TryEncode(string domain, out string ascii)
    {
        try
        {
            ascii = new IdnMapping().GetAscii(domain);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }

    /// <summary>Labels of letters, digits and inner hyphens; an address is no name (RFC 6066 section 3).</summary>
    private static bool IsHost(string ascii)
    {
        foreach (string label in ascii.Split('.'))
        {
            if (label.Length is 0 or > LabelLengthMax || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (char c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                    return false;
            }
        }

        return !System.Net.IPAddress.TryParse(ascii, out _);
    }
}
