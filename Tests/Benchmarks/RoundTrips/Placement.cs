using System.Diagnostics;

namespace Waymark.Benchmarks.RoundTrips;

/// <summary>Which processors the client's thread and the servers it starts may use.</summary>
internal static class Placement
{
    private const string One = "one";

    private static readonly nint Every = OperatingSystem.IsLinux() ? Process.GetCurrentProcess().ProcessorAffinity : 0;

    /// <summary>What there is to measure here.</summary>
    public static string[] All { get; } = OperatingSystem.IsLinux() ? [One, "all"] : ["all"];

    /// <summary>Binds the calling thread, and with it every process that it starts from now on.</summary>
    public static void Take(string processors)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // The last one: the first has the interrupts of most devices.
        nint last = (nint)1 << (int)Math.Log2(Every);
        using Process self = Process.GetCurrentProcess();
        self.ProcessorAffinity = processors == One ? last : Every;
    }
}
