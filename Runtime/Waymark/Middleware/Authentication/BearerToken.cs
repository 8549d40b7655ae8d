using System.Buffers;

namespace Waymark.Middleware;

/// <summary>What a bearer token looks like, and how one is asked for.</summary>
internal static class BearerToken
{
    private static readonly SearchValues<byte> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"u8);

    /// <summary>RFC 6750 section 2.1.</summary>
    public static bool IsToken(ReadOnlySpan<byte> token)
    {
        // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
        ReadOnlySpan<byte> text = token.TrimEnd((byte)'=');
        return !text.IsEmpty && !text.ContainsAnyExcept(Characters);
    }

    /// <summary>RFC 6750 section 3: no error for who sent no token at all.</summary>
    public static string ChallengeOf(string realm, string? error = null, string? description = null)
    {
        var parameters = new List<string>(3);
        if (realm.Length > 0)
            parameters.Add($"realm=\"{realm}\"");
        if (error is not null)
            parameters.Add($"error=\"{error}\"");
        if (description is not null)
            parameters.Add($"error_description=\"{description}\"");
        return parameters.Count == 0 ? "Bearer" : "Bearer " + string.Join(", ", parameters);
    }
}
