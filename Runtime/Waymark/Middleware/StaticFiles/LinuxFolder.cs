using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Waymark.Answers;

namespace Waymark.Middleware;

/// <summary>A folder on Linux 5.6 and later: the kernel itself keeps each opening beneath the root.</summary>
/// <remarks>
/// openat2(2) with RESOLVE_BENEATH fails for every <c>..</c>, symbolic link or mount that would lead out, and for
/// absolute links, wherever they lead. The walk and the opening are one, and what is sent is what was opened: whoever
/// renames folders or swaps links at the same moment gains nothing. O_NONBLOCK keeps a FIFO from blocking the thread;
/// what is opened is then looked at (statx(2)), and only regular files are read. Unsafe outside of the transport, since
/// .NET opens no file relative to a folder.
/// </remarks>
internal sealed unsafe partial class LinuxFolder : ServedFolder
{
    private const int OpenReadOnly = 0x80900; // O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    private const int OpenPath = 0x280000; // O_PATH | O_CLOEXEC
    private const ulong ResolveBeneath = 0x0A; // RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS

    private const int OpenAt2 = 437; // The same number on every architecture.
    private const int OpenHowBytes = 24; // flags, mode, resolve: 8 octets each

    private const int CurrentFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint StatMask = 0x241; // STATX_TYPE | STATX_MTIME | STATX_SIZE
    private const int StatBytes = 256;
    private const int StatMode = 28;
    private const int StatSize = 40;
    private const int StatSeconds = 112; // stx_mtime
    private const int StatNanoseconds = 120;

    private const int TypeMask = 0xF000; // S_IFMT
    private const int TypeFile = 0x8000; // S_IFREG
    private const int TypeFolder = 0x4000; // S_IFDIR

    private const int Again = 11; // EAGAIN: something was renamed meanwhile
    private const int Interrupted = 4; // EINTR
    private const int AttemptsMax = 32;

    private static readonly int Stat = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;

    private readonly byte[] _root;

    public LinuxFolder(string root) => _root = Encoding.UTF8.GetBytes(root + '\0');

    /// <summary>False on other systems, on an older kernel, and where a sandbox refuses the call.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 && Probe();

    public override FolderEntry Open(Span<byte> path, int length)
    {
        if (length == 0)
            path[length++] = (byte)'.';
        path[length] = 0;
        int errno = 0;
        int opened = -1;
        fixed (byte* root = _root, start = path)
        {
            // SAFETY: both end with NUL; the kernel reads no further.
            int folder = OpenFile(root, OpenPath);
            if (folder < 0)
                return Missing(Marshal.GetLastSystemError());
            for (int attempt = 0; attempt < AttemptsMax; attempt++)
            {
                opened = OpenBeneath(folder, start, OpenReadOnly);
                errno = opened < 0 ? Marshal.GetLastSystemError() : 0;
                if (errno is not (Again or Interrupted))
                    break;
            }

            _ = Close(folder);
        }

        return opened < 0 ? Missing(errno) : Examine(opened);
    }

    private static FolderEntry Examine(int opened)
    {
        var handle = new SafeFileHandle(opened, ownsHandle: true);
        Span<byte> stat = stackalloc byte[StatBytes];
        nint result;
        byte end = 0;
        fixed (byte* start = stat)
        {
            // SAFETY: the kernel writes a struct statx, which has 256 octets on every architecture.
            result = Call(Stat, opened, (nint)(&end), EmptyPath, (nint)StatMask, (nint)start);
        }

        int type = result == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(stat[StatMode..]) & TypeMask : 0;
        if (type == TypeFile)
        {
            long size = BinaryPrimitives.ReadInt64LittleEndian(stat[StatSize..]);
            return new FolderEntry(FileContent.Of(handle, size, TimeOf(stat)));
        }

        if (type == TypeFolder)
        {
            return new FolderEntry(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{opened}"), handle);
        }

        handle.Dispose();
        return default;
    }

    private static DateTimeOffset TimeOf(ReadOnlySpan<byte> stat)
    {
        // A time beyond what .NET can tell becomes its first or last one.
        long seconds = Math.Clamp(
            BinaryPrimitives.ReadInt64LittleEndian(stat[StatSeconds..]),
            DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        uint nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(stat[StatNanoseconds..]);
        return DateTimeOffset.FromUnixTimeSeconds(seconds)
            .AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick % TimeSpan.TicksPerSecond);
    }

    /// <summary>Tells "there is nothing to serve" from "this machine has nothing left".</summary>
    private static FolderEntry Missing(int errno) => errno is 12 or 23 or 24 // ENOMEM, ENFILE, EMFILE
        ? throw new IOException($"No file can be opened: {Marshal.GetPInvokeErrorMessage(errno)}.")
        : default;

    private static bool Probe()
    {
        ReadOnlySpan<byte> path = ".\0"u8;
        fixed (byte* start = path)
        {
            // SAFETY: the path ends with NUL. Both calls are tried: a sandbox may know one and not the other.
            int opened = OpenBeneath(CurrentFolder, start, OpenPath);
            if (opened < 0)
                return false;
            using FolderEntry entry = Examine(opened);
            return entry.FolderPath is not null;
        }
    }

    private static int OpenBeneath(int folder, byte* path, int flags)
    {
        // SAFETY: struct open_how, of the size that is given with it.
        ulong* how = stackalloc ulong[3];
        how[0] = (uint)flags;
        how[1] = 0;
        how[2] = ResolveBeneath;
        return (int)Call(OpenAt2, folder, (nint)path, (nint)how, OpenHowBytes, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int OpenFile(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
