namespace Waymark;

/// <summary>What becomes of a child process that ends when it should not.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record RestartPolicy
{
    /// <summary>How long to wait before the first restart; twice as long before each next. 0 to 1 hour; default
    /// 1 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a restart. 0 to 1 hour; default 30 s.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many restarts may follow each other. 0 to 1,000,000; default 5. 0 for none.</summary>
    public int RestartsMax { get; init; } = 5;

    /// <summary>
    /// A child that has run for so long is counted from the first again. 0 to 1 day; default 1 minute.
    /// </summary>
    public TimeSpan ResetAfter { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate(List<string> problems)
    {
        Check(nameof(Delay), Delay, TimeSpan.FromHours(1), problems);
        Check(nameof(DelayMax), DelayMax, TimeSpan.FromHours(1), problems);
        Check(nameof(ResetAfter), ResetAfter, TimeSpan.FromDays(1), problems);
        if (RestartsMax is < 0 or > 1_000_000)
            problems.Add($"RestartPolicy.RestartsMax is {RestartsMax}; it must be 0 to 1000000.");
    }

    /// <summary>The wait before the restart of this number, from 1 on.</summary>
    internal TimeSpan DelayBefore(int restart)
    {
        double seconds = Delay.TotalSeconds * Math.Pow(2, Math.Min(restart - 1, 30));
        return seconds < DelayMax.TotalSeconds ? TimeSpan.FromSeconds(seconds) : DelayMax;
    }

    private static void Check(string name, TimeSpan value, TimeSpan max, List<string> problems)
    {
        if (value < TimeSpan.Zero || value > max)
            problems.Add($"RestartPolicy.{name} is {value}; it must be 00:00:00 to {max}.");
    }
}
