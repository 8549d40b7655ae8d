using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>What stands at the path of a Unix socket that cannot be bound.</summary>
internal enum UnixSocketFileState
{
    /// <summary>It cannot be told, or nothing stands there any more.</summary>
    Unknown,

    /// <summary>A socket on which someone listens.</summary>
    Live,

    /// <summary>A socket on which nobody listens.</summary>
    Stale,

    /// <summary>Something else than a socket, or a symbolic link.</summary>
    Other,
}

/// <summary>Tells what stands at the path of a Unix socket, and removes what a crash left there.</summary>
internal static class UnixSocketFile
{
    // open(2) on a socket: ENXIO on Linux, EOPNOTSUPP on macOS.
    private const int LinuxSocketError = 6;
    private const int MacSocketError = 102;

    /// <summary>Looks at a path.</summary>
    public static UnixSocketFileState Examine(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // A server whose queue is full must not hold us up: it answers "would block".
            socket.Blocking = false;

            // Connecting as .NET does brings tracing along, 30 KB of every native binary on Linux.
            if (OperatingSystem.IsLinux())
                return StateOf(Descriptors.ConnectUnix(socket, path), path);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return UnixSocketFileState.Live;
        }
        catch (SocketException e)
        {
            return StateOf(e.SocketErrorCode, path);
        }
    }

    private static UnixSocketFileState StateOf(SocketError error, string path) => error switch
    {
        SocketError.Success or SocketError.WouldBlock or SocketError.TryAgain or SocketError.InProgress =>
            UnixSocketFileState.Live,

        // Linux also refuses a connection to what is no socket at all.
        SocketError.ConnectionRefused => IsSocket(path),
        _ => UnixSocketFileState.Unknown,
    };

    private static UnixSocketFileState IsSocket(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
                return UnixSocketFileState.Other;

            // Reading and writing, because that waits for nobody where a pipe stands there.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return UnixSocketFileState.Other;
        }
        catch (FileNotFoundException)
        {
            return UnixSocketFileState.Unknown;
        }
        catch (IOException e) when (e.HResult is LinuxSocketError or MacSocketError)
        {
            return UnixSocketFileState.Stale;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return UnixSocketFileState.Unknown;
        }
    }
}
