using System.Buffers;
using System.Text;

namespace Waymark.Middleware;

/// <summary>The origins of a policy, compared octet by octet.</summary>
/// <remarks>
/// <code>
/// origin  = scheme "://" host [ ":" port ]             ; RFC 6454 section 6.2, as browsers serialise it
/// pattern = scheme "://*." host [ ":" port ]           ; one label or more in place of the *
/// </code>
/// Immutable. A list has a handful of entries, so it is looked through one by one.
/// </remarks>
internal sealed class OriginSet
{
    private static readonly SearchValues<byte> Label =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    private static readonly SearchValues<char> Scheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    private readonly List<byte[]> _exact = [];
    private readonly List<(byte[] Start, byte[] End)> _patterns = [];

    private OriginSet()
    {
    }

    /// <summary>True where everybody is allowed.</summary>
    public bool IsAny { get; private set; }

    /// <summary>Reads a list.</summary>
    /// <param name="entries">The entries; none is a problem as well.</param>
    /// <param name="problems">Gets a sentence for each entry that cannot be used.</param>
    public static OriginSet Parse(IReadOnlyList<string>? entries, List<string> problems)
    {
        var set = new OriginSet();
        if (entries is null || entries.Count == 0)
            problems.Add("CorsOptions.Origins is empty; name the origins, such as https://shop.example, or * alone.");
        foreach (string entry in entries ?? [])
        {
            if (entry == "*" && entries!.Count > 1)
                problems.Add("CorsOptions.Origins holds * beside others; it stands alone.");
            else if (entry == "*")
                set.IsAny = true;
            else if (entry == "null")
                problems.Add("CorsOptions.Origins holds null; every page can have that origin, in a sandboxed frame.");
            else if (!set.TryAdd(entry))
                problems.Add(
                    $"CorsOptions.Origins holds '{entry}'; an origin is written as browsers send it, in lower case, "
                    + "with a scheme and without a path or the scheme's own port: https://shop.example, "
                    + "http://localhost:5173 "
                    + "or https://*.shop.example for its subdomains.");
        }

        return set;
    }

    /// <summary>True where a page of this origin is allowed.</summary>
    public bool Contains(ReadOnlySpan<byte> origin)
    {
        if (IsAny)
            return true;
        foreach (byte[] exact in _exact)
        {
            if (origin.SequenceEqual(exact))
                return true;
        }

        foreach ((byte[] start, byte[] end) in _patterns)
        {
            if (origin.Length > start.Length + end.Length && origin.StartsWith(start) && origin.EndsWith(end)
                && AreLabels(origin[start.Length..^end.Length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is echoed into the answer must be a host, whatever a client that is no browser sends.</summary>
    private static bool AreLabels(ReadOnlySpan<byte> labels) =>
        !labels.ContainsAnyExcept(Label) && labels[0] != '.' && labels[^1] != '.' && labels.IndexOf(".."u8) < 0;

    private bool TryAdd(string? entry)
    {
        int colon = entry?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (colon <= 0 || !char.IsAsciiLetterLower(entry![0]) || entry.AsSpan(0, colon).ContainsAnyExcept(Scheme))
            return false;
        string host = entry[(colon + 3)..];
        bool isPattern = host.StartsWith("*.", StringComparison.Ordinal);
        if (!IsAuthority(isPattern ? host[2..] : host, entry[..colon], isPattern))
            return false;
        if (isPattern)
            _patterns.Add((Encoding.ASCII.GetBytes(entry[..(colon + 3)]), Encoding.ASCII.GetBytes(host[1..])));
        else
            _exact.Add(Encoding.ASCII.GetBytes(entry));
        return true;
    }

    private static bool IsAuthority(string authority, string scheme, bool isPattern)
    {
        string host = authority;
        int colon = authority.LastIndexOf(':');
        if (colon >= 0 && !authority.EndsWith(']'))
        {
            string port = authority[(colon + 1)..];
            host = authority[..colon];
            if (!ushort.TryParse(port, System.Globalization.NumberStyles.None, null, out ushort number)
                || port[0] == '0' || number == (scheme == "https" ? 443 : scheme == "http" ? 80 : 0))
            {
                return false;
            }
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
            return !isPattern && System.Net.IPAddress.TryParse(host, out var address) && host == $"[{address}]";
        if (host.Length == 0 || !System.Text.Ascii.IsValid(host) || !AreLabels(Encoding.ASCII.GetBytes(host)))
            return false;

        // *.com would be anybody; *.localhost is a developer's machine.
        return !isPattern || host == "localhost" || host.Contains('.', StringComparison.Ordinal);
    }
}
