namespace Waymark;

/// <summary>How a <see cref="SealedCookie"/> is kept from its holder's hands.</summary>
public enum CookieSeal
{
    /// <summary>Encrypted (AES-256-GCM): nobody but the server reads it, and nobody changes it.</summary>
    Encryption,

    /// <summary>Signed (HMAC-SHA256): everybody can read it, and nobody changes it.</summary>
    Signature,
}

/// <summary>What a <see cref="SealedCookie"/> is called, for how long it holds, and its keys.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SealedCookieOptions
{
    /// <summary>The cookie's name; <c>__Host-session</c> for example, whose prefix keeps subdomains from setting
    /// it. No default.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Secrets of 32 to 1024 random bytes each, 1 to 8 of them. The first one seals, all of them open: put a new one
    /// first, and take the old one away when <see cref="Lifetime"/> has passed. No default.
    /// </summary>
    public required IReadOnlyList<byte[]> Keys { get; init; }

    /// <summary>
    /// What the cookie is for, so that one of another purpose is not taken for it, though keys and name are the same.
    /// Default empty.
    /// </summary>
    public string Purpose { get; init; } = "";

    /// <summary>Whether it is encrypted or signed. Default <see cref="CookieSeal.Encryption"/>.</summary>
    public CookieSeal Seal { get; init; } = CookieSeal.Encryption;

    /// <summary>
    /// How long it is taken after it was written; the end stands inside, where nobody changes it. 1 s to 400 days;
    /// default 14 days.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Its attributes. Without <see cref="CookieOptions.MaxAge"/> the browser forgets it when it is closed.
    /// </summary>
    public CookieOptions Cookie { get; init; } = new();

    /// <summary>The clock. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
