namespace Waymark;

/// <summary>Which methods a POST may stand for.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Checked by <see cref="MethodOverride.From"/>.
/// </remarks>
public sealed record MethodOverrideOptions
{
    /// <summary>
    /// The methods. Default <c>PUT</c>, <c>PATCH</c> and <c>DELETE</c>. Not GET, HEAD and OPTIONS, which are safe while
    /// POST is not (RFC 9110 section 9.2.1), nor CONNECT, POST and TRACE.
    /// </summary>
    public IReadOnlyList<string> Methods { get; init; } = ["PUT", "PATCH", "DELETE"];

    /// <summary>The request's field that names the method. Default <c>X-HTTP-Method-Override</c>.</summary>
    public string Header { get; init; } = "X-HTTP-Method-Override";
}
