namespace Waymark;

/// <summary>How addresses are opened. Every default shares nothing, removes nothing and widens nothing.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Part of <see cref="ServerOptions"/>, and checked with them.
/// Sockets that were inherited (<c>fd:3</c>) are taken as they are.
/// </remarks>
public sealed record ListenOptions
{
    private const UnixFileMode UnixSocketModeMax = (UnixFileMode)0x1FF;

    /// <summary>
    /// True to set SO_REUSEPORT on IP addresses: several servers that all ask for it, of one user, share a port, so
    /// that a new one can take over before the old one stops. Default false: a second server on a port is a startup
    /// error. Linux and macOS.
    /// </summary>
    /// <remarks>
    /// Linux spreads new connections over all of them. A connection that reaches the old server's queue after the last
    /// look that its stop takes into it is reset: a few of ten thousand under load. Where none may be lost, hand the
    /// socket itself over (<c>fd:3</c>, <c>fd:listen</c>).
    /// </remarks>
    public bool ReusePort { get; init; }

    /// <summary>
    /// True to let <c>http://[::]:8080</c> take IPv4 as well, through its one socket. Default false: it takes IPv6
    /// only, and <c>http://*:8080</c> opens a socket for each.
    /// </summary>
    /// <remarks>Either way a peer that came by IPv4 is shown with its IPv4 address.</remarks>
    public bool DualStack { get; init; }

    /// <summary>
    /// The access of the files of Unix sockets, set before anyone can connect; to connect takes the right to write.
    /// Default null: what the process' umask leaves of <c>0777</c>, usually the own user alone. Not on Windows.
    /// </summary>
    /// <example>
    /// <code>
    /// // The group may connect: 0660, as for an nginx whose user is in it.
    /// UnixSocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
    ///     | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
    /// </code>
    /// </example>
    public UnixFileMode? UnixSocketMode { get; init; }

    /// <summary>
    /// True to remove the file of a Unix socket on which nobody listens, as a crash leaves it. Default false: it is a
    /// startup error that says so.
    /// </summary>
    /// <remarks>
    /// Removed is only a socket that refuses a connection, never another kind of file, nor one that a server has open.
    /// Two servers that start at the same instant on one path may take it from each other.
    /// </remarks>
    public bool RemovesStaleSocket { get; init; }

    /// <summary>Adds a sentence for each value that is out of its range.</summary>
    internal void Validate(List<string> problems)
    {
        if (ReusePort && OperatingSystem.IsWindows())
            problems.Add("ListenOptions.ReusePort is true; Windows has no SO_REUSEPORT.");
        if (UnixSocketMode is null)
            return;
        if (OperatingSystem.IsWindows())
            problems.Add("ListenOptions.UnixSocketMode is set; files on Windows have no such mode.");
        else if ((UnixSocketMode & ~UnixSocketModeMax) != 0)
            problems.Add($"ListenOptions.UnixSocketMode is {UnixSocketMode}; it must be from 0000 to 0777.");
    }
}
