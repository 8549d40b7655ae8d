namespace Waymark;

/// <summary>
/// What happens to a path with a segment <c>.</c> or <c>..</c> (each dot plain or as <c>%2e</c>): RFC 3986 section 3.3.
/// </summary>
public enum DotSegments
{
    /// <summary>The request gets 400, and the connection is closed. No browser sends such a path.</summary>
    Reject,

    /// <summary>
    /// The segments are removed before a route is looked for, as RFC 3986 section 5.2.4 says: <c>/a/./b</c> is
    /// <c>/a/b</c>, <c>/a/../b</c> is <c>/b</c>, <c>/a/..</c> and <c>/..</c> are <c>/</c>.
    /// </summary>
    Remove,
}
