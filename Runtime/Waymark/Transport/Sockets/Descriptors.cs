using System.Runtime.InteropServices;

namespace Waymark.Transport.Sockets;

/// <summary>What descriptors need that .NET does not offer.</summary>
internal static partial class Descriptors
{
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>Keeps a descriptor from the programs that this one starts. Best effort, on Linux.</summary>
    /// <remarks>
    /// An inherited descriptor has lost this flag, or it would not have been inherited. A child that kept the socket
    /// open would let clients connect after the server has stopped, and nobody would answer. Elsewhere nothing is done:
    /// fcntl takes a variable number of arguments, which not every platform passes as a fixed one.
    /// </remarks>
    public static void KeepFromChildren(int descriptor)
    {
        if (OperatingSystem.IsLinux())
            _ = Control(descriptor, SetDescriptorFlags, CloseOnExec);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
