using Waymark.Middleware.Metering;

namespace Waymark;

/// <summary>
/// Answers at <c>/metrics</c> with what meters of this process have measured, in the text format of Prometheus
/// (version 0.0.4).
/// </summary>
/// <remarks>
/// Names are those of OpenTelemetry's rules for Prometheus: dots become underscores, the unit follows
/// (<c>http_server_request_duration_seconds</c>), counters end in <c>_total</c>. Counting begins when the server
/// starts, and ends with it. A measurement allocates nothing once its tags are known; an answer does. It stands where
/// it is added: what is put around it (addresses, authentication) guards it. Without <see cref="Telemetry"/> there is
/// nothing of the server's own to show.
/// </remarks>
/// <example>
/// <code>
/// server.Use(Telemetry.From()).Use(PrometheusMetrics.From());
/// </code>
/// </example>
public static class PrometheusMetrics
{
    /// <summary>Counts, and answers at the path.</summary>
    /// <param name="options">Which meters, and where; null for the defaults.</param>
    /// <returns>The middleware.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware From(PrometheusMetricsOptions? options = null)
    {
        options ??= new PrometheusMetricsOptions();
        var problems = new List<string>();
        if (options.Path is null || !options.Path.StartsWith('/')
            || options.Path.AsSpan().ContainsAnyExceptInRange('!', '~') || options.Path.AsSpan().ContainsAny("?#%*"))
        {
            problems.Add($"PrometheusMetricsOptions.Path is '{options.Path}'; it must be a path without escapes, for "
                + "example /metrics.");
        }

        if (options.Meters is null or { Count: 0 })
            problems.Add("PrometheusMetricsOptions.Meters is empty; name the meters, for example Waymark.");
        foreach (string meter in options.Meters ?? [])
        {
            if (string.IsNullOrEmpty(meter))
                problems.Add("PrometheusMetricsOptions.Meters holds an empty name.");
        }

        if (options.SeriesMax is < 1 or > 1_000_000)
        {
            problems.Add(
                $"PrometheusMetricsOptions.SeriesMax is {options.SeriesMax}; it must be from 1 to 1000000.");
        }

        return problems.Count == 0 ? new ExpositionMiddleware(options) : throw new OptionsException(problems);
    }
}
