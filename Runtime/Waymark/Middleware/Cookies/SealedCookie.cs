using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waymark.Http;
using Waymark.Middleware;

namespace Waymark;

/// <summary>A cookie whose value only this server can make: signed, or encrypted as well.</summary>
/// <remarks>
/// <para>Name, purpose, kind and the time at which it ends are part of what is sealed. What was changed, cut short,
/// copied from another cookie, sealed by an unknown key, or is over reads as if there were none.</para>
/// <para>It can be sent again by whoever has it until its time is over: what must end before then (a logout) needs an
/// entry on the server. Safe for use by any number of threads.</para>
/// </remarks>
/// <example>
/// <code>
/// static readonly SealedCookie Session = SealedCookie.From(new SealedCookieOptions
/// {
///     Name = "__Host-session",
///     Keys = [newKey, oldKey],
/// });
///
/// Session.Write(exchange, "user=7");
/// string? text = Session.ReadText(exchange);
/// </code>
/// </example>
public sealed class SealedCookie
{
    private static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(400);
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly SealedCookieOptions _options;
    private readonly byte[] _name;
    private readonly ValueSealer[] _sealers;

    private SealedCookie(SealedCookieOptions options)
    {
        _options = options;
        _name = Encoding.ASCII.GetBytes(options.Name);
        _sealers = new ValueSealer[options.Keys.Count];
        for (int index = 0; index < _sealers.Length; index++)
            _sealers[index] = ValueSealer.Create(options.Seal, options.Keys[index], options.Purpose, options.Name);
    }

    /// <summary>Makes one.</summary>
    /// <param name="options">Name, keys, and how long it holds.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static SealedCookie From(SealedCookieOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        const string Prefix = nameof(SealedCookieOptions) + ".";
        var problems = new List<string>();
        try
        {
            ResponseCookies.Check(options.Name ?? "", options.Cookie ?? new CookieOptions());
        }
        catch (ArgumentException exception)
        {
            problems.Add($"{Prefix}Name and Cookie: {exception.Message}");
        }

        if (options.Keys is not { Count: >= 1 and <= 8 })
            problems.Add($"{Prefix}Keys has {options.Keys?.Count ?? 0} keys; it must have 1 to 8.");
        for (int index = 0; index < (options.Keys?.Count ?? 0); index++)
        {
            if (options.Keys![index] is not { Length: >= 32 and <= 1024 })
                problems.Add($"{Prefix}Keys[{index}] has {options.Keys[index]?.Length ?? 0} bytes; it must have 32 to 1024.");
        }

        if (options.Purpose is null || options.Purpose.Contains('\0', StringComparison.Ordinal))
            problems.Add($"{Prefix}Purpose is null or holds a NUL.");
        if (options.Seal is not (CookieSeal.Encryption or CookieSeal.Signature))
            problems.Add($"{Prefix}Seal is {options.Seal}; it must be Encryption or Signature.");
        if (options.Lifetime < TimeSpan.FromSeconds(1) || options.Lifetime > LifetimeMax)
            problems.Add($"{Prefix}Lifetime is {options.Lifetime}; it must be from 1 s to 400 days.");
        if (options.Cookie is null || options.TimeProvider is null)
            problems.Add($"{Prefix}Cookie or TimeProvider is null; leave it out for its default.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new SealedCookie(options);
    }

    /// <summary>Sets the cookie in an answer.</summary>
    /// <exception cref="ArgumentException">It would have more than 4096 bytes with its name and its seal.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Write(Exchange exchange, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        long end = (_options.TimeProvider.GetUtcNow() + _options.Lifetime).ToUnixTimeSeconds();
        string text = Base64Url.EncodeToString(_sealers[0].Seal(value, end));
        exchange.Response.Cookies.Set(_options.Name, text, _options.Cookie);
    }

    /// <summary>Sets the cookie in an answer; the text is kept as UTF-8.</summary>
    /// <exception cref="ArgumentException">It would have more than 4096 bytes with its name and its seal.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Write(Exchange exchange, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(exchange, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Reads the cookie of a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="value">What was written.</param>
    /// <returns>False where there is none that this server has made and that still holds.</returns>
    public bool TryRead(Exchange exchange, [NotNullWhen(true)] out byte[]? value)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        value = null;
        if (!exchange.Request.Cookies.TryGet(_name, out ReadOnlySpan<byte> text)
            || !Base64UrlText.TryDecode(text, out byte[]? sealedValue))
        {
            return false;
        }

        long now = _options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        foreach (ValueSealer sealer in _sealers)
        {
            if (sealer.TryOpen(sealedValue, out long end, out value))
                return now < end;
        }

        return false;
    }

    /// <summary>Reads the cookie of a request as text; null where <see cref="TryRead"/> says false.</summary>
    public string? ReadText(Exchange exchange)
    {
        if (!TryRead(exchange, out byte[]? value))
            return null;
        try
        {
            return StrictUtf8.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Has the browser forget the cookie.</summary>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void Delete(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        exchange.Response.Cookies.Delete(_options.Name, _options.Cookie);
    }
}
