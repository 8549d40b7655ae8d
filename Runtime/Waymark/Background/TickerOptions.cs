namespace Waymark;

/// <summary>How a server runs a ticker.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record TickerOptions
{
    /// <summary>
    /// What the log and errors call it. Default null: the handler's type, or <c>ticker 1</c> for the first where it is
    /// a method.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// <see cref="TickerIsolation.Process"/> for a process of its own; its name must then be unlike those of the
    /// others. Default null: the server's process.
    /// </summary>
    public TickerIsolation? Isolation { get; init; }

    /// <summary>Memory that the ticker's own process shares with the server. Default: none.</summary>
    public IReadOnlyList<SharedMemory> Shared { get; init; } = [];

    /// <summary>What becomes of the ticker's own process where it ends when it should not.</summary>
    public RestartPolicy Restart { get; init; } = new();

    /// <summary>How long the ticker's own process may take to start, its <see cref="ITickHandler.StartAsync"/>
    /// included. 1 ms to 1 hour; default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        List<string> problems = [];
        Restart.Validate(problems);
        if (StartTimeout < TimeSpan.FromMilliseconds(1) || StartTimeout > TimeSpan.FromHours(1))
            problems.Add($"TickerOptions.StartTimeout is {StartTimeout}; it must be 00:00:00.0010000 to 01:00:00.");
        if (Isolation is null && Shared.Count > 0)
            problems.Add("TickerOptions.Shared is set, but not TickerOptions.Isolation: nothing would be shared.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
    }
}
