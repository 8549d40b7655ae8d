namespace Waymark;

/// <summary>How the route table of this assembly compares paths. Decided at build time; costs nothing after.</summary>
/// <example><code>[assembly: RouteOptions(TrailingSlash = TrailingSlash.Redirect308)]</code></example>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class RouteOptionsAttribute : Attribute
{
    /// <summary>What becomes of a path that differs from a template by its last slash only. Default: 404.</summary>
    public TrailingSlash TrailingSlash { get; set; }

    /// <summary>
    /// True where the ASCII letters of literals match in either case; false, the default, where the case counts (RFC
    /// 3986 section 6.2.2.1). Captured values and the arguments of constraints keep theirs.
    /// </summary>
    public bool CaseInsensitive { get; set; }
}

/// <summary>What becomes of a path that differs from a template by its last slash only.</summary>
public enum TrailingSlash
{
    /// <summary><c>/users</c> is not <c>/users/</c>: answered with 404.</summary>
    Strict,

    /// <summary>
    /// Where no route answers, but one would with the other form, 308 leads there; the query is kept (RFC 9110 section
    /// 15.4.9).
    /// </summary>
    Redirect308,

    /// <summary>Both forms reach the route. A catch-all takes the slash as part of its value, as ever.</summary>
    Ignore,
}
