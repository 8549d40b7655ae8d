namespace Waymark;

/// <summary>Whose process is at the other end of a Unix socket, as the kernel noted it when it connected.</summary>
/// <remarks>
/// SO_PEERCRED of unix(7): the effective ids of that moment, which the peer cannot forge. The connection may have been
/// handed to another process since.
/// </remarks>
/// <param name="ProcessId">The process; 0 where it is not visible in this process' namespace.</param>
/// <param name="UserId">The user: 0 is root; 65534 one that is unknown in this process' namespace.</param>
/// <param name="GroupId">The group.</param>
public readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId);
