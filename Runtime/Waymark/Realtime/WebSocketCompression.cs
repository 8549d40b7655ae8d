namespace Waymark;

/// <summary>How messages are compressed where the client offers it: permessage-deflate, RFC 7692.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. A message that mixes a secret with what an attacker chooses
/// should not be compressed, since its length tells of the secret: send it with
/// <see cref="System.Net.WebSockets.WebSocketMessageFlags.DisableCompression"/>.
/// </remarks>
public sealed record WebSocketCompression
{
    /// <summary>
    /// True to keep what was sent and received as a dictionary for the next message, which compresses short messages
    /// far better and holds up to some 300 KiB for each open socket. Default false: each message stands for itself, and
    /// an idle socket holds nothing.
    /// </summary>
    public bool KeepsContext { get; init; }

    /// <summary>
    /// The base-2 logarithm of the window that messages are sent with, at most what the client offers. 9 to 15; default
    /// 15.
    /// </summary>
    public int ServerWindowBits { get; init; } = 15;

    /// <summary>
    /// The base-2 logarithm of the window that the client may use, where it lets the server say so. 9 to 15; default
    /// 15.
    /// </summary>
    public int ClientWindowBits { get; init; } = 15;

    internal void Validate(List<string> problems)
    {
        Check(nameof(ServerWindowBits), ServerWindowBits, problems);
        Check(nameof(ClientWindowBits), ClientWindowBits, problems);
    }

    private static void Check(string name, int bits, List<string> problems)
    {
        if (bits is < 9 or > 15)
            problems.Add($"WebSocketCompression.{name} is {bits}; it must be from 9 to 15.");
    }
}
