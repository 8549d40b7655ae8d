using System.Text.Json;

namespace Waymark.Middleware;

/// <summary>Judges tokens: first the signature, then the claims (RFC 7519 section 7.2).</summary>
internal sealed class JwtValidator(JwtAuthenticationOptions options)
{
    private readonly double _skew = options.ClockSkew.TotalSeconds;

    /// <summary>Judges a token.</summary>
    /// <param name="text">The token.</param>
    /// <param name="keys">Those that may have signed it.</param>
    /// <param name="now">The time.</param>
    /// <param name="accepted">The user, and until when the token is valid, with the skew.</param>
    public JwtRejection Validate(
        ReadOnlySpan<byte> text, IReadOnlyList<JwtKey> keys, DateTimeOffset now, out AcceptedToken accepted)
    {
        accepted = default;
        JwtRejection rejection = JwtToken.Read(text, out JwtToken token);
        if (rejection != JwtRejection.None)
            return rejection;
        if (options.Type is { } type && !IsType(token.Type, type))
            return JwtRejection.Type;

        rejection = Verify(token, keys);
        if (rejection != JwtRejection.None)
            return rejection;
        if (!JsonChecks.TryParseObject(token.Payload, out JsonElement? claims))
            return JwtRejection.Malformed;

        rejection = JudgeTimes(claims.Value, now.ToUnixTimeMilliseconds() / 1000.0, out double validUntil);
        if (rejection == JwtRejection.None)
            rejection = JudgeParties(claims.Value);
        if (rejection != JwtRejection.None)
            return rejection;

        Principal? user = options.CreateUser is { } create ? create(claims.Value) : JwtUsers.Create(claims.Value);
        if (user is null)
            return JwtRejection.User;
        accepted = new AcceptedToken(user, validUntil, keys);
        return JwtRejection.None;
    }

    private static JwtRejection Verify(JwtToken token, IReadOnlyList<JwtKey> keys)
    {
        var rejection = JwtRejection.UnknownKey;
        for (int index = 0; index < keys.Count; index++)
        {
            // A key without a name serves any; a token without one is tried with every key of its algorithm.
            JwtKey key = keys[index];
            bool isNamed = key.Id is null || token.KeyId is null
                || string.Equals(key.Id, token.KeyId, StringComparison.Ordinal);
            if (!isNamed || key.Algorithm != token.Algorithm)
                continue;
            if (key.Verifies(token.Signed, token.Signature))
                return JwtRejection.None;
            rejection = JwtRejection.Signature;
        }

        return rejection;
    }

    private JwtRejection JudgeTimes(JsonElement claims, double now, out double validUntil)
    {
        validUntil = double.MaxValue;
        if (!TryReadDate(claims, "exp", out double? expiry) || !TryReadDate(claims, "nbf", out double? start)
            || !TryReadDate(claims, "iat", out double? issued) || (expiry is null && options.RequiresExpiry))
        {
            return JwtRejection.Claims;
        }

        // "on or after which the JWT MUST NOT be accepted": RFC 7519 section 4.1.4
        if (expiry is { } end)
            validUntil = end + _skew;
        if (now >= validUntil)
            return JwtRejection.Expired;
        if (start > now + _skew)
            return JwtRejection.NotYetValid;
        return issued > now + _skew ? JwtRejection.IssuedLater : JwtRejection.None;
    }

    private JwtRejection JudgeParties(JsonElement claims)
    {
        if (options.Issuers.Count > 0
            && !(claims.TryGetProperty("iss", out JsonElement issuer) && IsOneOf(issuer, options.Issuers)))
        {
            return JwtRejection.Issuer;
        }

        if (!claims.TryGetProperty("aud", out JsonElement audience))
            return options.Audiences.Count == 0 ? JwtRejection.None : JwtRejection.Audience;
        if (audience.ValueKind != JsonValueKind.Array)
            return IsOneOf(audience, options.Audiences) ? JwtRejection.None : JwtRejection.Audience;
        foreach (JsonElement item in audience.EnumerateArray())
        {
            if (IsOneOf(item, options.Audiences))
                return JwtRejection.None;
        }

        return JwtRejection.Audience;
    }

    private static bool IsOneOf(JsonElement value, IReadOnlyList<string> known)
    {
        if (value.ValueKind != JsonValueKind.String)
            return false;
        for (int index = 0; index < known.Count; index++)
        {
            if (value.ValueEquals(known[index]))
                return true;
        }

        return false;
    }

    /// <summary>A NumericDate, or none: RFC 7519 section 2. It may have a fraction.</summary>
    private static bool TryReadDate(JsonElement claims, string name, out double? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out JsonElement value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number)
            || !double.IsFinite(number))
        {
            return false;
        }

        seconds = number;
        return true;
    }

    /// <summary>RFC 7515 section 4.1.9: a media type, whose "application/" may be left out.</summary>
    private static bool IsType(string? given, string wanted)
    {
        const string Prefix = "application/";
        if (given is null)
            return false;
        ReadOnlySpan<char> type = given;
        if (type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            type = type[Prefix.Length..];
        return type.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What is known of a token that was found good.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="ValidUntil">When it ends, skew included, in seconds since 1970.</param>
/// <param name="Keys">The set of keys that it was verified with.</param>
internal readonly record struct AcceptedToken(Principal User, double ValidUntil, IReadOnlyList<JwtKey> Keys);
