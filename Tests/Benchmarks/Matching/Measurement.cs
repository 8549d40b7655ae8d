using System.Diagnostics;

namespace Waymark.Benchmarks.Matching;

/// <summary>Two actions in turn, A B A B, and what each took per path.</summary>
internal static class Measurement
{
    /// <summary>Measures both; each action runs once over all paths.</summary>
    /// <param name="actions">Ours and theirs.</param>
    /// <param name="pathCount">How many paths one call of an action matches.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="roundTime">How long one measurement takes, about.</param>
    public static Figures[] Interleave(Action[] actions, int pathCount, int rounds, TimeSpan roundTime)
    {
        // Warm-up is longer than the 100 ms without new code after which the runtime compiles hot methods again.
        long[] calls = [.. actions.Select(action =>
        {
            CallsWithin(action, TimeSpan.FromMilliseconds(300));
            CallsWithin(action, TimeSpan.FromMilliseconds(300));
            return CallsWithin(action, roundTime);
        })];
        var times = new double[actions.Length][];
        var bytes = new double[actions.Length];
        for (int side = 0; side < actions.Length; side++)
            times[side] = new double[rounds];
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            for (int side = 0; side < actions.Length; side++)
            {
                double paths = calls[side] * (double)pathCount;
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                long begun = Stopwatch.GetTimestamp();
                for (long call = 0; call < calls[side]; call++)
                    actions[side]();
                times[side][round] = Stopwatch.GetElapsedTime(begun).TotalNanoseconds / paths;
                bytes[side] = Math.Max(
                    bytes[side], (GC.GetAllocatedBytesForCurrentThread() - allocated) / paths);
            }
        }

        // Somebody else had the processor for a twentieth of the time or more.
        bool isNoisy = Environment.CpuUsage.TotalTime - used < Stopwatch.GetElapsedTime(start) * 0.95;
        return [.. times.Select((samples, side) => Figures.Of(samples, bytes[side], isNoisy))];
    }

    private static long CallsWithin(Action action, TimeSpan time)
    {
        long calls = 0;
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < time; calls++)
            action();
        return Math.Max(1, calls);
    }
}

/// <summary>Nanoseconds and allocated bytes per path.</summary>
/// <param name="IsNoisy">Whether the processor was shared meanwhile, so that the times prove little.</param>
internal sealed record Figures(double Median, double Min, double Max, double Bytes, bool IsNoisy)
{
    public static Figures Of(double[] samples, double bytes, bool isNoisy)
    {
        Array.Sort(samples);
        return new Figures(samples[samples.Length / 2], samples[0], samples[^1], bytes, isNoisy);
    }
}
