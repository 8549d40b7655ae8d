using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Tests.Http.Parsing;

/// <summary>Reads a head in the slow, obvious way: split into lines, then match each against its grammar.</summary>
/// <remarks>It only tells good from bad. It sees the whole input at once and never decides early.</remarks>
internal static class RequestParserTwin
{
    private const string Token = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";
    private const string PathChar = @"[A-Za-z0-9\-._~!$&'()*+,;=:@/%]";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null for a head that is refused or not complete.</summary>
    public static TwinHead? Parse(byte[] input, ServerLimits limits)
    {
        string text = Encoding.Latin1.GetString(input);
        int start = text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 0;
        int end = text.IndexOf("\r\n\r\n", start, StringComparison.Ordinal);
        if (end < 0)
            return null;
        string[] lines = text[start..(end + 2)].Split("\r\n")[..^1];
        if (lines[0].Length + 2 > limits.RequestLineBytesMax || lines.Length - 1 > limits.HeaderCountMax)
            return null;
        if (end + 4 - start - lines[0].Length - 2 > limits.HeaderBytesMax)
            return null;
        Match line = Matches(lines[0], $"({Token}) ([^ ]+) HTTP/1\\.([0-9])");
        if (!line.Success || line.Groups[1].Length > 32 || line.Groups[1].Value == "CONNECT")
            return null;
        string? authority = AuthorityOf(line.Groups[1].Value, line.Groups[2].Value);
        if (authority is null)
            return null;

        var fields = new List<(string Name, string Value)>();
        foreach (string field in lines[1..])
        {
            Match match = Matches(field, $"({Token}):([\\t\\x20-\\x7e\\x80-\\xff]*)");
            if (!match.Success)
                return null;
            fields.Add((match.Groups[1].Value, match.Groups[2].Value.Trim(' ', '\t')));
        }

        bool isHttp10 = line.Groups[3].Value == "0";
        return IsHostRight(fields, authority, line.Groups[2].Value, isHttp10) && IsFramed(fields, isHttp10)
            ? new TwinHead(line.Groups[1].Value, line.Groups[2].Value, fields, end + 4)
            : null;
    }

    /// <summary>The authority of the target, "" where it has none; null for a bad target.</summary>
    private static string? AuthorityOf(string method, string target)
    {
        if (target == "*")
            return method == "OPTIONS" ? "" : null;
        Match match = Matches(
            target, $"((?:[Hh][Tt][Tt][Pp][Ss]?)://([^/?]+))?(/{PathChar}*)?(\\?(?:{PathChar}|\\?)*)?");
        if (!match.Success || (!match.Groups[1].Success && !match.Groups[3].Success) || !AreEscapesRight(target))
            return null;
        foreach (string segment in match.Groups[3].Value.Split('/'))
        {
            if (WebUtility.UrlDecode(segment) is "." or "..")
                return null;
        }

        return !match.Groups[1].Success ? "" : IsHost(match.Groups[2].Value) ? match.Groups[2].Value : null;
    }

    private static bool AreEscapesRight(string text)
    {
        var octets = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                octets.Add((byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return false;
            octets.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        try
        {
            return !Strict.GetString([.. octets]).Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsHost(string text)
    {
        Match match = Matches(text, @"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9\-._~!$&'()*+;=%]+))(?::([0-9]{0,5}))?");
        if (!match.Success || (match.Groups[3].Length > 0 && Number(match.Groups[3].Value) > 65535))
            return false;
        return match.Groups[2].Success
            ? AreEscapesRight(match.Groups[2].Value)
            : IPAddress.TryParse(match.Groups[1].Value, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6
                && !HasPaddedOctet(match.Groups[1].Value);
    }

    /// <summary>RFC 3986's dec-octet has no leading zeros; IPAddress takes some of them.</summary>
    private static bool HasPaddedOctet(string address) => address.Contains('.', StringComparison.Ordinal)
        && address[(address.LastIndexOf(':') + 1)..].Split('.').Any(part => part.Length > 1 && part[0] == '0');

    private static bool IsHostRight(
        List<(string Name, string Value)> fields, string authority, string target, bool isHttp10)
    {
        string[] hosts = Values(fields, "host");
        if (hosts.Length == 0)
            return isHttp10;
        if (hosts.Length > 1 || !IsHost(hosts[0]))
            return false;
        string port = target.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return authority.Length == 0
            || Without(authority, port).Equals(Without(hosts[0], port), StringComparison.OrdinalIgnoreCase);
    }

    private static string Without(string host, string port) => Regex.Replace(host, $"({port}|:)\\z", "");

    private static bool IsFramed(List<(string Name, string Value)> fields, bool isHttp10)
    {
        string[] lengths = Values(fields, "content-length");
        string[] codings = Values(fields, "transfer-encoding");
        if (codings.Length > 0)
        {
            return codings.Length == 1 && lengths.Length == 0 && !isHttp10
                && codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase);
        }

        return lengths.Length == 0 || (lengths.Length == 1 && Matches(lengths[0], "[0-9]{1,19}").Success
            && Number(lengths[0]) <= long.MaxValue);
    }

    private static decimal Number(string digits) => decimal.Parse(digits, CultureInfo.InvariantCulture);

    private static string[] Values(List<(string Name, string Value)> fields, string name) =>
        [.. fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];

    private static Match Matches(string text, string pattern) =>
        Regex.Match(text, $"\\A(?:{pattern})\\z", RegexOptions.CultureInvariant);
}

/// <summary>A head that was accepted.</summary>
internal sealed record TwinHead(string Method, string Target, List<(string Name, string Value)> Fields, int HeadBytes);
