using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waymark.Transport.Listening;

/// <summary>Binds a set of addresses: all of them or none.</summary>
internal static class SocketListeners
{
    // Port 0 on two families: the port that the first got may be taken on the second. Each attempt is independent, so
    // with a tenth of all ports taken, 16 attempts fail once in 10^16.
    private const int SharedPortAttemptsMax = 16;

    /// <summary>Binds every address.</summary>
    /// <param name="endpoints">What is bound.</param>
    /// <param name="backlog">How many connections may wait to be accepted, at each of them.</param>
    /// <param name="options">What is set on the sockets; null for the defaults.</param>
    /// <param name="transport">What accepts from the sockets; null for the platform's choice.</param>
    /// <returns>One listener per socket, in the order of the addresses, IPv4 first.</returns>
    /// <exception cref="ServerStartupException">
    /// One of them cannot be bound; those bound before it are closed again.
    /// </exception>
    public static List<Listener> Bind(
        IReadOnlyList<Endpoint> endpoints, int backlog, ListenOptions? options = null,
        Func<ListeningSocket, Listener>? transport = null)
    {
        var binding = new Binding(backlog, options ?? new ListenOptions(), transport ?? Transports.Default);
        var listeners = new List<Listener>();
        foreach (Endpoint endpoint in endpoints)
        {
            try
            {
                BindOne(endpoint, binding, listeners);
            }
            catch (SocketException cause)
            {
                Close(listeners, keep: 0);
                string reason = BindErrors.Describe(endpoint, cause);
                throw new ServerStartupException(endpoint.Text, reason, cause);
            }
            catch
            {
                Close(listeners, keep: 0);
                throw;
            }
        }

        return listeners;
    }

    private static void BindOne(Endpoint endpoint, Binding binding, List<Listener> listeners)
    {
        switch (endpoint.Kind)
        {
            case EndpointKind.Localhost:
                BindBoth(IPAddress.Loopback, IPAddress.IPv6Loopback, endpoint, binding, listeners);
                break;
            case EndpointKind.Any:
                BindBoth(IPAddress.Any, IPAddress.IPv6Any, endpoint, binding, listeners);
                break;
            case EndpointKind.Inherited:
                listeners.Add(binding.Accept(ListeningSocket.Adopt(endpoint)));
                break;
            case EndpointKind.Unix when endpoint.UnixName![0] != '@':
                listeners.Add(BindFile(endpoint, binding));
                break;
            default:
                listeners.Add(binding.Open(endpoint));
                break;
        }
    }

    /// <summary>Binds a Unix socket with a file; what is in its way is told apart.</summary>
    private static Listener BindFile(Endpoint endpoint, Binding binding)
    {
        try
        {
            return binding.Open(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            UnixSocketFileState state = UnixSocketFile.Examine(endpoint.UnixName!);
            if (state != UnixSocketFileState.Stale || !binding.Options.RemovesStaleSocket)
                throw new ServerStartupException(endpoint.Text, BindErrors.DescribeFileInTheWay(state), e);
        }

        try
        {
            File.Delete(endpoint.UnixName!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartupException(
                endpoint.Text, $"the stale socket file cannot be removed: {e.Message} Remove it by hand.", e);
        }

        return binding.Open(endpoint);
    }

    /// <summary>Binds IPv4 and IPv6 on one port; either may be missing on this machine, but not both.</summary>
    private static void BindBoth(
        IPAddress ipv4, IPAddress ipv6, Endpoint endpoint, Binding binding, List<Listener> listeners)
    {
        int port = endpoint.Port;

        // Each family has its own socket here; one that took both would be in the other's way.
        binding = binding with { Options = binding.Options with { DualStack = false } };
        int keep = listeners.Count;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Endpoint first = endpoint.AsBound(new IPEndPoint(ipv4, port))!;
                bool hasIPv4 = TryAdd(first, binding, isOptional: true, listeners);
                int sharedPort = hasIPv4 ? listeners[^1].Endpoint.Port : port;
                Endpoint second = endpoint.AsBound(new IPEndPoint(ipv6, sharedPort))!;
                TryAdd(second, binding, isOptional: hasIPv4, listeners);
                return;
            }
            catch (SocketException e) when (
                port == 0 && e.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < SharedPortAttemptsMax)
            {
                Close(listeners, keep);
            }
        }
    }

    private static bool TryAdd(Endpoint endpoint, Binding binding, bool isOptional, List<Listener> listeners)
    {
        try
        {
            listeners.Add(binding.Open(endpoint));
            return true;
        }
        catch (SocketException e) when (isOptional && BindErrors.IsFamilyMissing(e.SocketErrorCode))
        {
            return false;
        }
    }

    private static void Close(List<Listener> listeners, int keep)
    {
        while (listeners.Count > keep)
        {
            // A socket listener closes at once; nothing is awaited.
            ValueTask closing = listeners[^1].DisposeAsync();
            Debug.Assert(closing.IsCompletedSuccessfully);
            listeners.RemoveAt(listeners.Count - 1);
        }
    }

    /// <summary>What all sockets of a set have in common.</summary>
    private readonly record struct Binding(
        int Backlog, ListenOptions Options, Func<ListeningSocket, Listener> Transport)
    {
        public Listener Open(Endpoint endpoint) => Accept(ListeningSocket.Bind(endpoint, Backlog, Options));

        public Listener Accept(ListeningSocket socket)
        {
            try
            {
                return Transport(socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
