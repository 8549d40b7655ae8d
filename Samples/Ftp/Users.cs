using System.Security.Cryptography;
using System.Text;

/// <summary>Who may come in.</summary>
/// <param name="credentials"><c>name:password</c> of the only user; null for anybody who says "anonymous".</param>
internal sealed class Users(string? credentials)
{
    /// <summary>Compares in a time that tells nothing of the password.</summary>
    public bool MayEnter(string name, string password) => credentials is null
        ? name.ToLowerInvariant() is "anonymous" or "ftp"
        : CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{name}:{password}")),
            SHA256.HashData(Encoding.UTF8.GetBytes(credentials)));
}
