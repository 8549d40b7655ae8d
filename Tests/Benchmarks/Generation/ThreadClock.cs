using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Waymark.Benchmarks.Generation;

/// <summary>What the calling thread has worked, in milliseconds.</summary>
/// <remarks>
/// On Linux its CPU time, so that figures hold on a machine that others use too, and while another thread of the
/// compiler's works beside it; elsewhere the time that has passed.
/// </remarks>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    public static double Milliseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux() || ReadClock(ThreadCpuTime, out Timespec time) != 0)
                return Stopwatch.GetElapsedTime(0).TotalMilliseconds;
            return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
