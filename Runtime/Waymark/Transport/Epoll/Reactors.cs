namespace Waymark.Transport.Epoll;

/// <summary>The reactors of the process: one for each processor, started with the first listener.</summary>
internal static class Reactors
{
    private static readonly Lazy<Reactor[]> Started = new(Start);
    private static uint _lastHome;

    /// <summary>True where there can be reactors.</summary>
    public static bool AreSupported => OperatingSystem.IsLinux();

    /// <summary>All of them.</summary>
    public static Reactor[] All => Started.Value;

    /// <summary>The index of the one that a further listener is watched by: each in turn.</summary>
    public static int NextHome() => (int)((Interlocked.Increment(ref _lastHome) - 1) % (uint)All.Length);

    /// <summary>The one with the fewest connections.</summary>
    /// <param name="all">Those to choose from.</param>
    /// <param name="first">Which one it is where several have as few.</param>
    public static Reactor LeastLoaded(Reactor[] all, int first)
    {
        Reactor least = all[first];
        foreach (Reactor reactor in all)
        {
            if (reactor.Load < least.Load)
                least = reactor;
        }

        return least;
    }

    private static Reactor[] Start()
    {
        var watch = new ReactorWatch();
        var reactors = new Reactor[Environment.ProcessorCount];
        for (int i = 0; i < reactors.Length; i++)
            reactors[i] = new Reactor(watch);
        watch.Start(reactors);
        return reactors;
    }
}
