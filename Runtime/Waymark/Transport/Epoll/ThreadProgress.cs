using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Waymark.Transport.Epoll;

/// <summary>What Linux tells of a thread: whether it waits, and how long it has had a processor (proc(5)).</summary>
/// <remarks>Read only where a reactor is found not to get on: three system calls.</remarks>
/// <param name="IsKnown">False where /proc does not tell.</param>
/// <param name="IsWaiting">True where it sleeps in the kernel.</param>
/// <param name="Nanoseconds">How long it has run in all.</param>
internal readonly record struct ThreadProgress(bool IsKnown, bool IsWaiting, long Nanoseconds)
{
    private const int FileBytesMax = 512;

    // A thread that is kept from its processor by others gets less than this in the time between looks.
    private const long ComputedNanosecondsMin = 5_000_000;

    /// <summary>The number of the calling thread; 0 where it cannot be told.</summary>
    public static int CurrentThreadId()
    {
        Span<byte> text = stackalloc byte[FileBytesMax];
        text = text[..ReadFile("/proc/thread-self/stat", text)];
        return Utf8Parser.TryParse(text, out int id, out _) ? id : 0;
    }

    /// <summary>Looks at a thread of this process.</summary>
    public static ThreadProgress Read(int threadId)
    {
        Span<byte> text = stackalloc byte[FileBytesMax];
        Span<byte> stat = text[..ReadFile($"/proc/self/task/{threadId}/stat", text)];

        // "1234 (name) S ...": the name may hold anything, parentheses included.
        int end = stat.LastIndexOf((byte)')');
        if (end < 0 || end + 2 >= stat.Length)
            return default;
        byte state = stat[end + 2];
        Span<byte> schedule = text[..ReadFile($"/proc/self/task/{threadId}/schedstat", text)];
        return Utf8Parser.TryParse(schedule, out long nanoseconds, out _)
            ? new ThreadProgress(true, state is (byte)'S' or (byte)'D', nanoseconds)
            : default;
    }

    /// <summary>True where the thread waits or has computed since an earlier look, or nothing is known.</summary>
    public bool IsOccupiedSince(ThreadProgress earlier) =>
        !IsKnown || !earlier.IsKnown || IsWaiting || Nanoseconds - earlier.Nanoseconds >= ComputedNanosecondsMin;

    private static int ReadFile(string path, Span<byte> text)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            return RandomAccess.Read(file, text, fileOffset: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
