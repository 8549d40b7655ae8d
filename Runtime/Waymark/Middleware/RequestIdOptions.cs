namespace Waymark;

/// <summary>Where request ids come from, and which field carries them.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record RequestIdOptions
{
    /// <summary>
    /// The header field that carries the id, both ways; a token of 1 to 64 characters. Default <c>X-Request-Id</c>.
    /// </summary>
    public string FieldName { get; init; } = "X-Request-Id";

    /// <summary>
    /// Whose ids are taken over: addresses (<c>192.0.2.7</c>), networks (<c>10.0.0.0/8</c>; <c>0.0.0.0/0</c> and
    /// <c>::/0</c> are everybody), or <c>unix</c> for every peer on a Unix socket. Default: nobody's, so that each
    /// request gets an id of its own.
    /// </summary>
    /// <remarks>
    /// The peer of the connection counts, not whom it forwards for. An id of a client that is not trusted could be one
    /// that another request has.
    /// </remarks>
    public IReadOnlyList<string> TrustedPeers { get; init; } = [];
}
