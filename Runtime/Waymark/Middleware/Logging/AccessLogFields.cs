namespace Waymark;

/// <summary>What a line of an access log tells.</summary>
[Flags]
public enum AccessLogFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>When the answer ended, UTC.</summary>
    Time = 1,

    /// <summary>The client's address, behind <see cref="ForwardedHeaders"/> where those are used; no port.</summary>
    RemoteAddress = 2,

    /// <summary>The method.</summary>
    Method = 4,

    /// <summary>The path as it came, without the query.</summary>
    Path = 8,

    /// <summary>The query behind the path: it may hold names, tokens and what else is private.</summary>
    Query = 16,

    /// <summary>HTTP/1.1 or HTTP/1.0.</summary>
    Protocol = 32,

    /// <summary>The status code that was sent; none where the connection ended before any.</summary>
    Status = 64,

    /// <summary>How many bytes of body were sent, without head and framing.</summary>
    BodyBytes = 128,

    /// <summary>From the whole head of the request to the end of the answer, in milliseconds.</summary>
    Duration = 256,

    /// <summary>The template of the route; none for 404, 405 and what a middleware answers.</summary>
    Route = 512,

    /// <summary><see cref="Exchange.RequestId"/>, where there is one.</summary>
    RequestId = 1024,

    /// <summary>The W3C trace id, where <see cref="Telemetry"/> records a span.</summary>
    TraceId = 2048,

    /// <summary>The type of the exception that the handler let through, and whether the answer was cut off.</summary>
    Failure = 4096,

    /// <summary><see cref="Request.Scheme"/>.</summary>
    Scheme = 8192,

    /// <summary><see cref="Request.Host"/>: whatever the client wrote.</summary>
    Host = 16384,

    /// <summary>The field User-Agent: whatever the client wrote.</summary>
    UserAgent = 32768,

    /// <summary>The field Referer, without its query unless <see cref="Query"/> is asked for as well.</summary>
    Referer = 65536,

    /// <summary>The number of the connection, as in <see cref="ConnectionInfo.Id"/>.</summary>
    Connection = 131072,

    /// <summary>What stands in a line by default: all but Query, Scheme, Host, UserAgent, Referer and
    /// Connection.</summary>
    Default = Time | RemoteAddress | Method | Path | Protocol | Status | BodyBytes | Duration | Route | RequestId
        | TraceId | Failure,
}
