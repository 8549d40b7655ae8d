namespace Waymark;

/// <summary>The largest body of a route's requests; a larger one gets 413.</summary>
/// <remarks>
/// Raises or lowers <see cref="ServerLimits.BodyBytesMax"/> for a handler, for all handlers of a class, or for those of
/// the assembly; the closest one counts. A declared length beyond it is answered before the handler runs and before
/// <c>100 Continue</c>; a chunked body is cut while it is read. Middleware of the server that reads the body before it
/// calls the next handler is bound by the server's limit.
/// </remarks>
/// <example><code>[Post("/videos"), BodyLimit(4L &lt;&lt; 30)] …</code></example>
/// <param name="bytes">At least 0; chunked framing is not counted.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class BodyLimitAttribute(long bytes) : Attribute
{
    /// <summary>The largest body in bytes.</summary>
    public long Bytes { get; } = bytes;
}
