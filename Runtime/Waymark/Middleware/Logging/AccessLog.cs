using Waymark.Middleware.Logging;

namespace Waymark;

/// <summary>One line, or one event of the server's log, for each request that was answered.</summary>
/// <remarks>
/// Written when the answer is: the status is the one that was sent, also for what the server itself answers (404, 500,
/// 503). Requests that cannot be read, and so never come to a handler, are events of the server's log at Debug (1302)
/// instead. No octet of a request can end a line or a quoted value. Lines are put together without allocating, and
/// written in batches by a thread of the pool: no request waits for its line.
/// </remarks>
/// <example>
/// <code>
/// server.Use(AccessLog.Json(new AccessLogOptions { ExcludedPaths = ["/livez", "/readyz"] }));
/// </code>
/// </example>
public static class AccessLog
{
    /// <summary>
    /// Lines for people: <c>2026-03-01T09:30:00.000Z 198.51.100.9 GET /users/42 HTTP/1.1 200 17 0.532ms
    /// route="/users/:id" id="…"</c>.
    /// </summary>
    /// <remarks>
    /// What is not known is <c>-</c>, of the named fields it is left out. Octets beyond visible ASCII, quotes and
    /// backslashes are <c>\xHH</c>.
    /// </remarks>
    /// <param name="options">What, of which requests, and where to; null for the defaults.</param>
    /// <returns>The middleware; on a server it stands outside of all others, wherever it was added.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware Text(AccessLogOptions? options = null) => Make(TextLine.Write, options);

    /// <summary>
    /// Lines of the combined log format of Apache and nginx, for tools that know it: <c>198.51.100.9 - -
    /// [01/Mar/2026:09:30:00 +0000] "GET /users/42 HTTP/1.1" 200 17 "-" "curl/8.5.0"</c>.
    /// </summary>
    /// <remarks>Only the fields that the format has can be left out, and Query can be asked for.</remarks>
    /// <param name="options">What, of which requests, and where to; null for the defaults.</param>
    /// <returns>The middleware; on a server it stands outside of all others, wherever it was added.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware Combined(AccessLogOptions? options = null) =>
        Make(CombinedLine.Write, options, CombinedLine.Fields);

    /// <summary>One JSON object a line, with what is known only.</summary>
    /// <remarks>
    /// Members, in this order: <c>time remote method scheme host path query protocol status bytes duration_ms route
    /// request_id trace_id referer user_agent connection error cut_off</c>.
    /// </remarks>
    /// <param name="options">What, of which requests, and where to; null for the defaults.</param>
    /// <returns>The middleware; on a server it stands outside of all others, wherever it was added.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware Json(AccessLogOptions? options = null) => Make(JsonLine.Write, options);

    /// <summary>
    /// Events 1400 of the server's log at Information, with Method, Path, Status, BodyBytes, DurationMs, RemoteAddress,
    /// Route and RequestId as their properties.
    /// </summary>
    /// <remarks>
    /// Costs what the logger costs, allocations included; nothing where it does not take Information. Of the options
    /// only which requests are told counts, and which of these fields.
    /// </remarks>
    /// <param name="options">Of which requests; null for the defaults.</param>
    /// <returns>The middleware; on a server it stands outside of all others, wherever it was added.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware ToLogger(AccessLogOptions? options = null) => Make(null, options);

    private static AccessLogMiddleware Make(
        LineFormat? format, AccessLogOptions? options, AccessLogFields fields = AccessLogFields.Default)
    {
        options ??= new AccessLogOptions();
        var problems = new List<string>();
        options.Validate(problems);
        return problems.Count == 0
            ? new AccessLogMiddleware(format, options, options.Fields ?? fields)
            : throw new OptionsException(problems);
    }
}
