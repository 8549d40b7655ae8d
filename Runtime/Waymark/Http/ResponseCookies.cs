using System.Buffers;
using System.Globalization;
using System.Text;

namespace Waymark.Http;

/// <summary>Sets cookies: RFC 6265 section 4.1, with the attributes and prefixes of RFC 6265bis.</summary>
/// <remarks>
/// Everything is checked before it is written, so that no name, value or attribute adds another, and so that a browser
/// does not drop the cookie silently: a name that starts with <c>__Secure-</c> needs Secure, <c>__Host-</c> also the
/// path <c>/</c> and no domain.
/// </remarks>
public readonly struct ResponseCookies
{
    private const int PairBytesMax = 4096;
    private const int AttributeBytesMax = 1024;

    private static readonly TimeSpan MaxAgeMax = TimeSpan.FromDays(400);

    private static readonly CookieOptions Defaults = new();

    // cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E
    private static readonly SearchValues<char> Octets = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly ResponseHeaders _headers;

    internal ResponseCookies(ResponseHeaders headers) => _headers = headers;

    /// <summary>Sets a cookie; one of the same name that this answer has set before is replaced.</summary>
    /// <param name="name">A token (RFC 9110 section 5.6.2); it counts with its case.</param>
    /// <param name="value">
    /// ASCII without blanks, quotes, commas, semicolons and backslashes; other text has to be encoded, for example by
    /// <see cref="Uri.EscapeDataString(string)"/>. With the name at most 4096 bytes.
    /// </param>
    /// <param name="options">Its attributes; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// Name, value or an attribute may not be sent, or a browser would refuse the cookie.
    /// </exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Set(string name, string value, CookieOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        options ??= Defaults;
        Check(name, options);
        if (value.AsSpan().ContainsAnyExcept(Octets))
        {
            throw new ArgumentException(
                $"The value of the cookie {name} holds a character that a cookie cannot: encode it, by Uri.EscapeDataString for example (RFC 6265 section 4.1.1).",
                nameof(value));
        }

        if (name.Length + value.Length > PairBytesMax)
        {
            throw new ArgumentException(
                $"The cookie {name} has {name.Length + value.Length} bytes; browsers keep {PairBytesMax} at most.",
                nameof(value));
        }

        Write(name, value, options, isDeleted: false);
    }

    /// <summary>Has the browser forget a cookie.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">
    /// What it was set with: path and domain, and what its prefix asks for, have to be the same. Null for the defaults.
    /// </param>
    /// <exception cref="ArgumentException">As for <see cref="Set"/>.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Delete(string name, CookieOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= Defaults;
        Check(name, options);
        Write(name, "", options, isDeleted: true);
    }

    /// <summary>What is wrong with a name and attributes; nothing where a browser takes them.</summary>
    internal static void Check(string name, CookieOptions options)
    {
        string? problem = FindProblem(name, options);
        if (problem is not null)
            throw new ArgumentException($"The cookie '{name}' cannot be set: {problem}", nameof(options));
    }

    private static string? FindProblem(string name, CookieOptions options)
    {
        if (name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(Token))
            return "a name is a token of 1 to 256 letters, digits and !#$%&'*+-.^_`|~.";
        if (options.Path is not ['/', ..] || options.Path.Length > AttributeBytesMax
            || options.Path.AsSpan().ContainsAnyExceptInRange(' ', '~')
            || options.Path.Contains(';', StringComparison.Ordinal))
        {
            return "Path starts with a slash and is ASCII without a semicolon, 1024 bytes at most.";
        }

        if (options.Domain is { } domain && !IsDomain(domain))
            return "Domain is a host name of letters, digits, hyphens and dots, without a dot at its start.";
        if (options.MaxAge is { } age && (age < TimeSpan.Zero || age > MaxAgeMax))
            return "MaxAge is from 0 to 400 days.";
        if (options.SameSite is < SameSite.Lax or > SameSite.None)
            return "SameSite is Lax, Strict or None.";
        if (options is { SameSite: SameSite.None, IsSecure: false })
            return "SameSite=None needs IsSecure.";
        if (options is { IsPartitioned: true, IsSecure: false })
            return "IsPartitioned needs IsSecure.";

        // Browsers compare prefixes without their case (RFC 6265bis section 5.7), so must we.
        if (name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) && !options.IsSecure)
            return "the prefix __Secure- needs IsSecure.";
        return name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase)
            && (!options.IsSecure || options.Domain is not null || options.Path != "/")
                ? "the prefix __Host- needs IsSecure, the Path / and no Domain."
                : null;
    }

    private static bool IsDomain(string domain)
    {
        if (domain.Length is 0 or > 253 || domain[0] is '.' or '-' || domain[^1] is '.' or '-')
            return false;
        foreach (char character in domain)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-'))
                return false;
        }

        return true;
    }

    // set-cookie-string = cookie-pair *( ";" SP cookie-av )
    private void Write(string name, string value, CookieOptions options, bool isDeleted)
    {
        var line = new StringBuilder(name.Length + value.Length + 96);
        line.Append(name).Append('=').Append(value);
        if (isDeleted)
            line.Append("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        else if (options.MaxAge is { } age)
            line.Append(CultureInfo.InvariantCulture, $"; Max-Age={(long)age.TotalSeconds}");
        if (options.Domain is not null)
            line.Append("; Domain=").Append(options.Domain);
        line.Append("; Path=").Append(options.Path);
        if (options.IsSecure)
            line.Append("; Secure");
        if (options.IsHttpOnly)
            line.Append("; HttpOnly");
        line.Append(options.SameSite switch
        {
            SameSite.Strict => "; SameSite=Strict",
            SameSite.None => "; SameSite=None",
            _ => "; SameSite=Lax",
        });
        if (options.IsPartitioned)
            line.Append("; Partitioned");

        // RFC 6265 section 4.1.1: no two fields with one name in an answer.
        byte[] field = Encoding.ASCII.GetBytes(line.ToString());
        _headers.Add("Set-Cookie"u8, field);
        _headers.RemoveCookie(field.AsSpan(0, name.Length + 1), _headers.Count - 1);
    }
}
