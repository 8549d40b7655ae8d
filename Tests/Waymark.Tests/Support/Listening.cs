using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Waymark.Transport;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Support;

/// <summary>Binds addresses as a server does, and says what this machine has.</summary>
internal static partial class Listening
{
    public static readonly bool HasIPv6 = Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback);

    public static List<Listener> Bind(params string[] addresses) => Bind(new ListenOptions(), addresses);

    public static List<Listener> Bind(ListenOptions options, params string[] addresses)
    {
        List<Endpoint> endpoints = [];
        foreach (string address in addresses)
        {
            Assert.True(Endpoint.TryParse(address, out Endpoint endpoint, out string problem), problem);
            endpoints.Add(endpoint);
        }

        return SocketListeners.Bind(endpoints, backlog: 16, options);
    }

    public static async Task CloseAsync(List<Listener> listeners)
    {
        foreach (Listener listener in listeners)
            await listener.DisposeAsync();
    }

    /// <summary>A path for a socket that is not there.</summary>
    public static string NewPath() => Path.Combine(Path.GetTempPath(), $"wm-{Guid.NewGuid():N}.sock");

    /// <summary>A link-local address of this machine with its scope; null where it has none.</summary>
    public static IPAddress? LinkLocal() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.IsIPv6LinkLocal && CanBind(a));

    /// <summary>A second descriptor of a socket, as a process inherits one.</summary>
    public static int Duplicate(Socket socket) => Duplicate(socket.SafeHandle);

    /// <summary>A second descriptor of what a handle stands for.</summary>
    public static int Duplicate(SafeSocketHandle handle) => Dup((int)handle.DangerousGetHandle());

    /// <summary>True where programs that are started do not get the descriptor.</summary>
    public static bool IsKeptFromChildren(int descriptor) => (Fcntl(descriptor, 1, 0) & 1) != 0;

    /// <summary>Closes a descriptor.</summary>
    /// <returns>False where it is closed already.</returns>
    public static bool TryClose(int descriptor) => Close(descriptor) == 0;

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command, int argument);
}
