using System.Diagnostics;
using System.Diagnostics.Metrics;
using Waymark.Middleware;
using Waymark.Middleware.Metering;

namespace Waymark;

/// <summary>
/// Measures and traces requests and connections, for OpenTelemetry and whatever else listens to
/// <see cref="Meter"/> and <see cref="ActivitySource"/> of the platform.
/// </summary>
/// <remarks>
/// Names and tags are those of ASP.NET Core and of OpenTelemetry's semantic conventions, so that dashboards fit:
/// <list type="table">
/// <item><term><c>http.server.request.duration</c></term><description>Histogram, s, by <c>http.request.method</c>
/// (<c>_OTHER</c> for unknown), <c>url.scheme</c>, <c>network.protocol.version</c>, <c>http.response.status_code</c>,
/// <c>http.route</c> (the template) and <c>error.type</c>.</description></item>
/// <item><term><c>http.server.active_requests</c></term><description>How many are handled now, by
/// <c>http.request.method</c> and <c>url.scheme</c> (that of the connection).</description></item>
/// <item><term><c>waymark.active_connections</c></term><description>How many connections are open.</description></item>
/// <item><term><c>waymark.connection.duration</c></term><description>Histogram, s.</description></item>
/// <item><term><c>waymark.rejected_connections</c></term><description>Counter, by <c>error.type</c>:
/// <c>connection_limit</c> or <c>not_admitted</c>.</description></item>
/// <item><term><c>waymark.tls_handshake.duration</c></term><description>Histogram, s, by
/// <c>tls.protocol.version</c>, or <c>error.type</c> (<c>handshake_failed</c>).</description></item>
/// </list>
/// A request is a span named <c>{METHOD} {http.route}</c> with the tags of its duration; it continues the trace of the
/// client's <c>traceparent</c>, and is an error for 5xx only, and for an answer that a failing handler broke off. The
/// exception of a handler is recorded there. <see cref="Activity.Current"/> is the span while the handler runs, so that
/// an HttpClient passes the trace on.
/// <para>
/// What nobody listens to costs one look at a field. Where somebody does, a request allocates nothing for its metrics:
/// the tags of a route are put together once for each status and kept. Requests that cannot be read never come to a
/// handler, and are neither measured nor traced.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// server.Use(Telemetry.From());
/// </code>
/// </example>
public static class Telemetry
{
    /// <summary>The name of the meter and of the source of spans: what an exporter is told to listen to.</summary>
    public const string Name = "Waymark";

    /// <summary>Measures and traces.</summary>
    /// <param name="options">What is left out and added; null for the defaults.</param>
    /// <returns>
    /// The middleware; on a server it stands outside of all others and of
    /// <see cref="ServerOptions.MaxConcurrentRequests"/>. Connections are measured by the first one of a server.
    /// </returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware From(TelemetryOptions? options = null)
    {
        options ??= new TelemetryOptions();
        var problems = new List<string>();
        PathFilter.Validate(options.ExcludedPaths, "TelemetryOptions.ExcludedPaths", problems);
        return problems.Count == 0 ? new TelemetryMiddleware(options) : throw new OptionsException(problems);
    }
}
