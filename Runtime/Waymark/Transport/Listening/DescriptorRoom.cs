using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Waymark.Transport.Listening;

/// <summary>Keeps the last descriptors of the process from being accepted away.</summary>
/// <remarks>
/// The runtime needs descriptors to go on: CoreCLR opens a pipe for each new thread and a file for each assembly, and
/// ends the process ("Out of memory.") where it cannot. Measured with a limit of 160 and 160 silent connections: dead
/// within a second of the first EMFILE. A spare descriptor that is closed at EMFILE comes too late, since the limit may
/// be reached exactly, without one. So accepting rests before that. A system gives out the lowest free number
/// (POSIX.1-2024, 2.6.1), so the number of a descriptor tells how many there are at least; counting is not needed.
/// </remarks>
internal static class DescriptorRoom
{
    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";
    private const int LimitsBytesMax = 4096;

    // A process that may have few descriptors keeps a quarter of them.
    private const int HeadRoomMax = 32;
    private static readonly int Limit = ReadLimit();
    private static readonly int HeadRoom = Math.Min(HeadRoomMax, Limit / 4);

    /// <summary>True where a descriptor is one of the last.</summary>
    public static bool IsShort(int descriptor) => descriptor >= Limit - HeadRoom;

    /// <summary>What accept would fail with, were they given away.</summary>
    public static SocketException Exhausted() => new(
        (int)SocketError.TooManyOpenSockets,
        $"The last {HeadRoom} of {Limit} file descriptors are left to the runtime.");

    /// <summary>Tries whether the next descriptor is not one of the last.</summary>
    public static bool HasRoom()
    {
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            return !IsShort((int)probe.Handle);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Finds the limit in what /proc/self/limits holds.</summary>
    /// <returns>The largest number where there is none.</returns>
    public static int ParseLimit(string limits)
    {
        foreach (ReadOnlySpan<char> line in limits.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(LimitName, StringComparison.Ordinal))
                continue;
            ReadOnlySpan<char> value = line[LimitName.Length..].TrimStart();
            int end = value.IndexOf(' ');
            return int.TryParse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture,
                out int limit)
                ? limit
                : int.MaxValue;
        }

        return int.MaxValue;
    }

    // Only Linux tells in a file; elsewhere the limit shows itself by the error of accept alone. By handle, because a
    // FileStream would be 30 KB of every native binary.
    private static int ReadLimit()
    {
        if (!OperatingSystem.IsLinux())
            return int.MaxValue;
        try
        {
            using SafeFileHandle file = File.OpenHandle(LimitsFile);
            byte[] text = new byte[LimitsBytesMax];
            return ParseLimit(Encoding.ASCII.GetString(text, 0, RandomAccess.Read(file, text, fileOffset: 0)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }
}
