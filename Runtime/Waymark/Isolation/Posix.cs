using System.Runtime.InteropServices;

namespace Waymark.Isolation;

/// <summary>The system calls of this folder (Linux; the numbers are those of x64 and arm64).</summary>
internal static unsafe partial class Posix
{
    private const int UnixFamily = 1; // AF_UNIX
    private const int StreamCloseOnExec = 1 | 0x80000; // SOCK_STREAM | SOCK_CLOEXEC
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int SetLockWait = 7; // F_SETLKW
    private const int CloseOnExecFlag = 1; // FD_CLOEXEC, MFD_CLOEXEC
    private const short WriteLock = 1; // F_WRLCK
    private const short Unlock = 2; // F_UNLCK
    private const int ReadWrite = 3; // PROT_READ | PROT_WRITE
    private const int Shared = 1; // MAP_SHARED
    private const int Interrupted = 4; // EINTR

    /// <summary>Two connected sockets; neither is inherited.</summary>
    public static (int First, int Second) CreatePair()
    {
        int* pair = stackalloc int[2];
        Check(SocketPair(UnixFamily, StreamCloseOnExec, 0, pair), "socketpair");
        return (pair[0], pair[1]);
    }

    /// <summary>Says whether programs that are started get the descriptor.</summary>
    public static void SetInheritable(int descriptor, bool isInheritable) =>
        Check(Control(descriptor, SetDescriptorFlags, isInheritable ? 0 : CloseOnExecFlag), "fcntl");

    /// <summary>Memory that has a descriptor and no file: it is gone with the last process that has it.</summary>
    public static int CreateMemory(string name, long size)
    {
        int descriptor = MemoryDescriptor(name, CloseOnExecFlag);
        Check(descriptor, "memfd_create");
        Check(Truncate(descriptor, size), "ftruncate");
        return descriptor;
    }

    /// <summary>Maps memory for reading and writing.</summary>
    public static byte* Map(int descriptor, long size)
    {
        nint address = MapMemory(0, (nuint)size, ReadWrite, Shared, descriptor, 0);
        Check(address == -1 ? -1 : 0, "mmap");
        return (byte*)address;
    }

    /// <summary>Gives back what <see cref="Map"/> gave.</summary>
    public static void Unmap(byte* address, long size) => _ = UnmapMemory((nint)address, (nuint)size);

    /// <summary>Closes a descriptor.</summary>
    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    /// <summary>
    /// Waits until no other process holds the lock of a file. The kernel frees it when its holder ends, in any way.
    /// </summary>
    public static void Lock(int descriptor) => SetLock(descriptor, WriteLock);

    /// <summary>Gives the lock back.</summary>
    public static void Release(int descriptor) => SetLock(descriptor, Unlock);

    /// <summary>Ends the process without running anything more of it.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int status);

    private static void SetLock(int descriptor, short type)
    {
        var whole = new FileLock { Type = type };
        int result;
        do
            result = ControlLock(descriptor, SetLockWait, &whole);
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        Check(result, "fcntl");
    }

    private static void Check(int result, string call)
    {
        if (result < 0)
            throw new IOException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlLock(int descriptor, int command, FileLock* argument);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryDescriptor(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(
        nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapMemory(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);

    /// <summary>struct flock: from the start (0) over everything (0).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
