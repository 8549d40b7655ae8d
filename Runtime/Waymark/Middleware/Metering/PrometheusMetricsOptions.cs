namespace Waymark;

/// <summary>Which meters are shown, and where.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record PrometheusMetricsOptions
{
    /// <summary>The path. Default <c>/metrics</c>.</summary>
    public string Path { get; init; } = "/metrics";

    /// <summary>
    /// The names of the meters, compared by case; with <c>*</c> at the end all that begin so. Default: <c>Waymark</c>,
    /// which <see cref="Telemetry"/> fills; <c>System.Runtime</c> is the platform's own.
    /// </summary>
    public IReadOnlyList<string> Meters { get; init; } = [Telemetry.Name];

    /// <summary>
    /// How many different sets of tags an instrument may have. 1 to 1,000,000; default 2000. Measurements with further
    /// ones are summed up as one, tagged <c>otel_metric_overflow="true"</c>, which is logged once.
    /// </summary>
    public int SeriesMax { get; init; } = 2000;
}
