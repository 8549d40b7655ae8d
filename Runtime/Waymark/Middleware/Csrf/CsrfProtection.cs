using System.Text;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>Refuses requests that another site has a browser send, with the user's cookies (CSRF): 403.</summary>
/// <remarks>
/// <para>No tokens in forms: browsers tell whose page sends a request. In this order:</para>
/// <list type="number">
/// <item><description>GET, HEAD, OPTIONS and TRACE pass: they must not change anything (RFC 9110 section
/// 9.2.1).</description></item>
/// <item><description><c>Origin</c> is one of <see cref="CsrfOptions.TrustedOrigins"/>: passes.</description></item>
/// <item><description><c>Sec-Fetch-Site</c> (Fetch Metadata) is <c>same-origin</c> or <c>none</c> (the user typed or
/// followed a bookmark): passes; anything else is refused.</description></item>
/// <item><description>Without it, <c>Origin</c> has to be the scheme and host that were asked for.</description></item>
/// <item><description>Without both it is no browser, and passes (<see cref="CsrfOptions.RequiresProof"/>).
/// </description></item>
/// </list>
/// <para>Behind a proxy, put <see cref="ForwardedHeaders"/> around it, so that scheme and host are the client's. For
/// browsers without Fetch Metadata, and as a second line, set cookies with SameSite, as is the default of
/// <see cref="CookieOptions"/>; <see cref="CsrfTokens"/> are a third.</para>
/// </remarks>
/// <example><code>server.Use(CsrfProtection.From(new CsrfOptions()));</code></example>
public sealed class CsrfProtection : IMiddleware
{
    // A name of 253 characters, a colon and a port.
    private const int HostLengthMax = 259;

    private readonly CsrfOptions _options;
    private readonly byte[][] _trusted;

    private CsrfProtection(CsrfOptions options, byte[][] trusted)
    {
        _options = options;
        _trusted = trusted;
    }

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">Whose requests pass.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Origins cannot be read: all are listed.</exception>
    public static CsrfProtection From(CsrfOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        var trusted = new List<byte[]>();
        foreach (string origin in options.TrustedOrigins ?? [])
        {
            if (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
                && uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) == origin)
            {
                trusted.Add(Encoding.ASCII.GetBytes(origin));
            }
            else
            {
                problems.Add($"CsrfOptions.TrustedOrigins holds '{origin}'; an origin is a scheme and a host in lower case, and a port where it is not the scheme's own, without a slash: https://app.example.");
            }
        }

        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new CsrfProtection(options, [.. trusted]);
    }

    /// <inheritdoc/>
    public Handler Wrap(Handler next, ServerContext server) => exchange =>
    {
        if (IsSafe(exchange.Request) || IsAllowed(exchange))
            return next(exchange);
        ProblemWriter.Write(exchange.Response, 403, "Another site has caused this request.");
        return ValueTask.CompletedTask;
    };

    private static bool IsSafe(Request request) => request.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    private bool IsAllowed(Exchange exchange)
    {
        RequestHeaders headers = exchange.Request.Headers;
        if (_options.OnlyWithCookies && !headers.TryGet("Cookie"u8, out _))
            return true;
        int origins = OneOf(headers, "Origin"u8, out ReadOnlySpan<byte> origin);
        int sites = OneOf(headers, "Sec-Fetch-Site"u8, out ReadOnlySpan<byte> site);
        bool isAllowed;
        if (origins > 1 || sites > 1)
            isAllowed = false;
        else if (origins == 1 && IsTrusted(origin))
            isAllowed = true;
        else if (sites == 1)
            isAllowed = site.SequenceEqual("same-origin"u8) || site.SequenceEqual("none"u8)
                || (_options.AllowsSameSite && site.SequenceEqual("same-site"u8));
        else
            isAllowed = origins == 1 ? IsOwn(exchange.Request, origin) : !_options.RequiresProof;
        return isAllowed || (_options.IsExempt?.Invoke(exchange) ?? false);
    }

    private static int OneOf(RequestHeaders headers, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int count = 0;
        value = default;
        foreach (HeaderLine line in headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, name))
                continue;
            value = line.Value;
            count++;
        }

        return count;
    }

    private bool IsTrusted(ReadOnlySpan<byte> origin)
    {
        foreach (byte[] trusted in _trusted)
        {
            if (origin.SequenceEqual(trusted))
                return true;
        }

        return false;
    }

    /// <summary>origin = scheme "://" host [ ":" port ], or "null": RFC 6454 section 7.1.</summary>
    private static bool IsOwn(Request request, ReadOnlySpan<byte> origin)
    {
        // Browsers leave the scheme's own port out of both; a proxy may put it into Host.
        string scheme = request.Scheme;
        string host = request.Host;
        string port = scheme == "https" ? ":443" : ":80";
        if (host.EndsWith(port, StringComparison.Ordinal))
            host = host[..^port.Length];
        if (host.Length is 0 or > HostLengthMax)
            return false;
        Span<char> own = stackalloc char[scheme.Length + 3 + host.Length];
        scheme.CopyTo(own);
        "://".CopyTo(own[scheme.Length..]);
        host.CopyTo(own[(scheme.Length + 3)..]);
        return System.Text.Ascii.EqualsIgnoreCase(origin, own);
    }
}
