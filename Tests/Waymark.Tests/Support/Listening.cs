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

    /// <summary>The user and the group of this process.</summary>
    public static (uint User, uint Group) OwnIds()
    {
        string[] lines = File.ReadAllLines("/proc/self/status");
        return (IdOf("Uid:"), IdOf("Gid:"));

        // Real, effective, saved, file system: the kernel notes the effective one.
        uint IdOf(string name) => uint.Parse(
            lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[2],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>True where the end of a connection that this process has sends small segments at once.</summary>
    /// <param name="peer">The IPv4 address of the other end.</param>
    /// <param name="own">The address of the end that is asked about.</param>
    public static bool HasNoDelay(EndPoint peer, EndPoint own)
    {
        foreach (string entry in Directory.EnumerateFiles("/proc/self/fd"))
        {
            int descriptor = int.Parse(Path.GetFileName(entry), System.Globalization.CultureInfo.InvariantCulture);
            if (IsIpv4(GetPeer, descriptor, (IPEndPoint)peer) && IsIpv4(GetOwn, descriptor, (IPEndPoint)own))
            {
                int length = sizeof(int);
                Assert.Equal(0, GetOption(descriptor, level: 6, option: 1, out int value, ref length));
                return value != 0;
            }
        }

        throw new InvalidOperationException($"No socket of this process goes from {own} to {peer}.");
    }

    private static bool IsIpv4(AddressReader read, int descriptor, IPEndPoint expected)
    {
        Span<byte> name = stackalloc byte[28];
        int length = name.Length;
        if (read(descriptor, ref MemoryMarshal.GetReference(name), ref length) != 0)
            return false;
        bool isMapped = length == 28;
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(name[2..]) == expected.Port
            && name.Slice(isMapped ? 20 : 4, 4).SequenceEqual(expected.Address.MapToIPv4().GetAddressBytes());
    }

    private delegate int AddressReader(int descriptor, ref byte name, ref int length);

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

    [LibraryImport("libc", EntryPoint = "getpeername")]
    private static partial int GetPeer(int descriptor, ref byte name, ref int length);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    private static partial int GetOwn(int descriptor, ref byte name, ref int length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int descriptor, int level, int option, out int value, ref int length);
}
