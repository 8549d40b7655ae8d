using System.Security.Cryptography;
using System.Text;

namespace Waymark;

/// <summary>Tokens that a page of this site sends back: the signed double-submit cookie.</summary>
/// <remarks>
/// <para>For programs that have to serve browsers without Fetch Metadata, beside <see cref="CsrfProtection"/>. A random
/// token stands in a sealed cookie; the page sends the same one in the field <c>X-CSRF-Token</c>, or in a form, whose
/// value the handler gives to <see cref="IsValid(Exchange, string?)"/>. Another site can have the cookie sent, but not
/// read it. As middleware it demands the field of every request whose method is not safe: 403.</para>
/// <para>Safe for use by any number of threads.</para>
/// </remarks>
/// <example>
/// <code>
/// static readonly CsrfTokens Tokens = new(SealedCookie.From(new SealedCookieOptions
/// {
///     Name = "__Host-csrf",
///     Keys = [key],
///     Purpose = "csrf",
/// }));
///
/// string field = $"&lt;input type=hidden name=csrf value={Tokens.Issue(exchange)}&gt;";
/// if (!Tokens.IsValid(exchange, form["csrf"])) return Results.Status(403);
/// </code>
/// </example>
public sealed class CsrfTokens : IMiddleware
{
    private const int TokenBytes = 32;

    private readonly SealedCookie _cookie;

    /// <summary>Makes them.</summary>
    /// <param name="cookie">The cookie that holds the token; no other use has its name and purpose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cookie"/> is null.</exception>
    public CsrfTokens(SealedCookie cookie)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        _cookie = cookie;
    }

    /// <summary>The client's token, for a page; a new one, with its cookie, where it has none that holds.</summary>
    /// <returns>64 characters, 0-9 and A-F: nothing in them needs an escape.</returns>
    /// <exception cref="InvalidOperationException">A new one is needed, and the answer has started.</exception>
    public string Issue(Exchange exchange)
    {
        if (_cookie.TryRead(exchange, out byte[]? known) && known.Length == TokenBytes)
            return Convert.ToHexString(known);
        byte[] token = RandomNumberGenerator.GetBytes(TokenBytes);
        _cookie.Write(exchange, token);
        return Convert.ToHexString(token);
    }

    /// <summary>True where a token is the one in the client's cookie.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="token">What the page sent; null is not valid.</param>
    public bool IsValid(Exchange exchange, string? token)
    {
        Span<byte> given = stackalloc byte[TokenBytes];
        return token is { Length: 2 * TokenBytes }
            && Convert.FromHexString(token, given, out _, out _) == System.Buffers.OperationStatus.Done
            && _cookie.TryRead(exchange, out byte[]? known)
            && CryptographicOperations.FixedTimeEquals(known, given);
    }

    /// <inheritdoc/>
    public Handler Wrap(Handler next, ServerContext server) => exchange =>
    {
        Request request = exchange.Request;
        if (request.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE"
            || (request.Headers.TryGet("X-CSRF-Token"u8, out ReadOnlySpan<byte> token)
                && token.Length == 2 * TokenBytes && IsValid(exchange, Encoding.ASCII.GetString(token))))
        {
            return next(exchange);
        }

        return Authentication.Forbid(exchange, "The field X-CSRF-Token does not hold the token of this client.");
    };
}
