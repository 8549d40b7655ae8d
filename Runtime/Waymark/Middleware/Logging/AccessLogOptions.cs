using Waymark.Middleware;

namespace Waymark;

/// <summary>What an access log tells, of which requests, and where to.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record AccessLogOptions
{
    /// <summary>
    /// What a line tells. Default null: <see cref="AccessLogFields.Default"/>, and for the combined format its own
    /// fields. Queries are left out unless this has <see cref="AccessLogFields.Query"/>: they often hold what is
    /// private.
    /// </summary>
    /// <remarks>In the combined format a field that is left out is shown as <c>-</c>.</remarks>
    public AccessLogFields? Fields { get; init; }

    /// <summary>
    /// Where the lines go, UTF-8; not closed. Default null: standard output. No other code may write to the stream.
    /// </summary>
    public Stream? Stream { get; init; }

    /// <summary>
    /// Paths whose requests are left out, as they are matched: whole ones, or with <c>*</c> at the end every path that
    /// begins so. Default: none.
    /// </summary>
    public IReadOnlyList<string> ExcludedPaths { get; init; } = [];

    /// <summary>
    /// Asked when the answer is written, where the path is not excluded; false leaves the request out. Default null:
    /// none is.
    /// </summary>
    public Func<Exchange, bool>? Filter { get; init; }

    /// <summary>
    /// How long a line may wait for others before all are written at once. 0 to 1 minute; default 200 ms. A stop of the
    /// server writes what there is.
    /// </summary>
    public TimeSpan FlushPeriod { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How many bytes may wait where the stream does not take them. 64 KiB to 1 GiB; default 4 MiB. Further lines are
    /// dropped, which the server's log tells: no request ever waits for its line.
    /// </summary>
    public int PendingBytesMax { get; init; } = 4 * 1024 * 1024;

    internal void Validate(List<string> problems)
    {
        if (Stream is { CanWrite: false })
            problems.Add("AccessLogOptions.Stream cannot be written; null is standard output.");
        PathFilter.Validate(ExcludedPaths, "AccessLogOptions.ExcludedPaths", problems);
        if (FlushPeriod < TimeSpan.Zero || FlushPeriod > TimeSpan.FromMinutes(1))
            problems.Add($"AccessLogOptions.FlushPeriod is {FlushPeriod}; it must be from 00:00:00 to 00:01:00.");
        if (PendingBytesMax is < 64 * 1024 or > 1024 * 1024 * 1024)
        {
            problems.Add($"AccessLogOptions.PendingBytesMax is {PendingBytesMax}; it must be from 65536 to "
                + "1073741824.");
        }
    }
}
