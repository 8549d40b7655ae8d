using Waymark;

namespace AllMiddleware;

/// <summary>What a configuration would hold; the tests know it as well.</summary>
internal static class Secrets
{
    public static byte[] CookieKey { get; } = [.. Enumerable.Range(1, 32).Select(octet => (byte)octet)];

    public static byte[] JwtSecret => "a secret of at least 32 octets, for tests"u8.ToArray();

    public static Dictionary<string, string> Users { get; } = new() { ["ada"] = "basic-password" };

    public static Dictionary<string, Principal> Tokens { get; } =
        new() { ["bearer-token"] = new Principal("till") { Scopes = ["orders:write"] } };

    public static Dictionary<string, Principal> Keys { get; } =
        new() { ["api-key"] = new Principal("robot") { Roles = ["admin"] } };
}
