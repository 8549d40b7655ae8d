namespace Waymark.Testing;

/// <summary>How a program is started.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record AppStart
{
    /// <summary>
    /// The program's arguments. Default <c>http://127.0.0.1:0</c>: what <c>HttpServer.RunAsync(args)</c> takes as
    /// "listen on a free port". A program that takes its address from elsewhere needs its own way to ask for port 0.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = ["http://127.0.0.1:0"];

    /// <summary>Variables to set, on top of those of the test. Default none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it runs. Default null: the current directory of the test.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// A path that has to be answered with 200 before the program counts as started, such as <c>/readyz</c>. Default
    /// null: it counts once it has printed its addresses.
    /// </summary>
    public string? HealthPath { get; init; }

    /// <summary>
    /// How long the start, the end, and each request of <see cref="AppProcess.Client"/> may take: more than zero.
    /// Default 30 seconds.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
