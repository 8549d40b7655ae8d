using Waymark.CompilerServices;

namespace Waymark;

/// <summary>One request and its response.</summary>
/// <remarks>
/// Pooled per connection: valid until the handler's task ends, never afterwards. Not safe for use by several threads at
/// once.
/// </remarks>
public sealed class Exchange
{
    internal Exchange(Request request, Response response)
    {
        Request = request;
        Response = response;
    }

    /// <summary>What the client asked for.</summary>
    public Request Request { get; }

    /// <summary>What it gets.</summary>
    public Response Response { get; }

    /// <summary>Cancelled when the server's drain time is over: a handler still running should give up.</summary>
    public CancellationToken RequestAborted { get; internal set; }

    /// <summary>The captures of the matched route.</summary>
    internal RouteMatch Match;
}
