using System.Net.Sockets;

namespace Waymark;

/// <summary>A server could not start: usually an address that cannot be listened on.</summary>
/// <remarks>
/// The message names the address, or what else failed, the cause and what to do. Nothing is left open when this is
/// thrown: a server listens on all of its addresses or on none.
/// </remarks>
public sealed class ServerStartupException : ServerException
{
    internal ServerStartupException(string endpoint, string reason, Exception? cause)
        : base($"Cannot listen on {endpoint}: {reason}", cause)
    {
        Endpoint = endpoint;
        SocketError = (cause as SocketException)?.SocketErrorCode;
    }

    internal ServerStartupException(string message, Exception? cause)
        : base(message, cause) => Endpoint = "";

    /// <summary>As one in another process was.</summary>
    internal ServerStartupException(string message, string endpoint, SocketError? error, Exception cause)
        : base(message, cause) => (Endpoint, SocketError) = (endpoint, error);

    /// <summary>
    /// The address as it was given, for example <c>http://127.0.0.1:8080</c>; empty where it was not an address that
    /// failed.
    /// </summary>
    public string Endpoint { get; }

    /// <summary>
    /// The system's error, for example <see cref="SocketError.AddressAlreadyInUse"/>; null where it gave none.
    /// </summary>
    public SocketError? SocketError { get; }
}
