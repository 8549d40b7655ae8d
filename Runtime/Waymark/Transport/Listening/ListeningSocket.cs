using System.Diagnostics;
using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>A socket that listens, whoever accepts from it.</summary>
/// <remarks>
/// No address options are set here unless they are asked for: .NET sets SO_REUSEADDR for TCP on Unix, which lets a
/// restarted server bind while old connections stand in TIME_WAIT but refuses an address on which another socket
/// listens. A Unix socket's file is removed when the listener is disposed, but for an inherited one, which belongs to
/// whoever made it.
/// </remarks>
internal sealed class ListeningSocket : IDisposable
{
    private const string NotASocket =
        "the descriptor is not an open socket. Start the program with a listening socket at this number "
        + "(systemd counts from 3), or give an http:// or unix: address.";

    private volatile bool _isClosed;

    private ListeningSocket(Socket socket, Endpoint endpoint, bool isInherited = false)
    {
        Socket = socket;
        IsInherited = isInherited;
        IsTcp = endpoint.Kind == EndpointKind.Ip;
        Endpoint = endpoint;
    }

    public Socket Socket { get; }

    /// <summary>What was bound: port 0 is replaced by the real one.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>True for TCP, false for a Unix socket.</summary>
    public bool IsTcp { get; }

    /// <summary>True where the process was started with it, so that others may listen on it too.</summary>
    public bool IsInherited { get; }

    /// <summary>True where <see cref="Dispose"/> was called.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>True while a connection stands in the accept queue; false once the socket is closed.</summary>
    public bool HasWaiting
    {
        get
        {
            try
            {
                return !_isClosed && Socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Binds one socket and listens.</summary>
    /// <param name="endpoint">One that stands for one socket.</param>
    /// <param name="backlog">
    /// How many connections may wait to be accepted; the kernel caps it (net.core.somaxconn).
    /// </param>
    /// <param name="options">What is set on the socket.</param>
    /// <exception cref="SocketException">The address cannot be listened on; nothing is left open.</exception>
    public static ListeningSocket Bind(Endpoint endpoint, int backlog, ListenOptions options)
    {
        Debug.Assert(endpoint.Kind is EndpointKind.Ip or EndpointKind.Unix);
        ProtocolType protocol = endpoint.Kind == EndpointKind.Ip ? ProtocolType.Tcp : ProtocolType.Unspecified;
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            ListenSettings.Apply(socket, endpoint, options);
            socket.Bind(endpoint.ToEndPoint());

            // Before anyone can connect, so that nobody does who may not.
            if (options.UnixSocketMode is { } mode && endpoint.UnixName is { } path && path[0] != '@'
                && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);

            socket.Listen(backlog);
            bool isNamed = endpoint.Kind == EndpointKind.Unix && endpoint.UnixName != "@";
            return new ListeningSocket(
                socket, isNamed ? endpoint : endpoint.AsBound(socket.LocalEndPoint)!);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a listening socket that the process was started with.</summary>
    /// <exception cref="ServerStartupException">
    /// The descriptor is none, or not that of a listening stream socket; it is left as it was.
    /// </exception>
    public static ListeningSocket Adopt(Endpoint endpoint)
    {
        Debug.Assert(endpoint.Kind == EndpointKind.Inherited);
        var handle = new SafeSocketHandle(endpoint.Descriptor, ownsHandle: true);
        try
        {
            var socket = new Socket(handle);
            if (DescribeUnfit(socket, endpoint) is { } unfit)
                throw new ServerStartupException(endpoint.Text, unfit, cause: null);

            Descriptors.KeepFromChildren(endpoint.Descriptor);
            return new ListeningSocket(
                socket, endpoint.AsBound(socket.LocalEndPoint)!, isInherited: true);
        }
        catch (Exception e)
        {
            // What the number stands for is not ours to close: it may be the runtime's own. Nor is the Socket disposed,
            // which would wait for the release of a handle that is never released.
            handle.SetHandleAsInvalid();
            if (e is not SocketException cause)
                throw;

            throw new ServerStartupException(endpoint.Text, NotASocket, cause);
        }
    }

    /// <summary>Lets nobody new into the accept queue; who is in it is still accepted.</summary>
    public void RefuseNew()
    {
        // What is set on an inherited socket holds for every process that has it.
        if (IsTcp && !IsInherited)
            AcceptQueue.Shut(Socket);
    }

    /// <summary>Makes it ready for accepts that do not wait, by its descriptor.</summary>
    /// <remarks>
    /// What is accepted inherits TCP_NODELAY from the listener on Linux; an inherited socket is left as it is.
    /// </remarks>
    public int PrepareForAccept()
    {
        Socket.Blocking = false;
        if (IsTcp && !IsInherited)
            Socket.NoDelay = true;
        return (int)Socket.Handle;
    }

    /// <summary>Marks it as closing: errors of an accept that is under way are those of the close.</summary>
    public void BeginClose() => _isClosed = true;

    public void Dispose()
    {
        _isClosed = true;
        Socket.Dispose();
    }

    /// <summary>What is wrong with an inherited socket; null where nothing is.</summary>
    private static string? DescribeUnfit(Socket socket, Endpoint endpoint)
    {
        // .NET takes any open descriptor for a socket, whose type is then unknown.
        if (socket.SocketType == SocketType.Unknown)
            return NotASocket;
        if (socket.SocketType != SocketType.Stream)
            return "it is a socket for datagrams. A listening stream socket is needed (in systemd, ListenStream=).";

        object? isListening = socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection);
        if (isListening is 0)
            return "the socket does not listen. Pass a listening one; in systemd, that of a unit with Accept=no.";

        return endpoint.AsBound(socket.LocalEndPoint) is null
            ? $"a socket of the family {socket.AddressFamily} is not served. Pass an IPv4, IPv6 or Unix one."
            : null;
    }
}
