namespace Waymark;

/// <summary>Which answers get which Cache-Control. The first rule that fits counts.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Checked by <see cref="CacheHeaders.From"/>.
/// </remarks>
public sealed record CacheHeadersOptions
{
    /// <summary>The rules, in their order. Default none.</summary>
    public IReadOnlyList<CacheRule> Rules { get; init; } = [];

    /// <summary>
    /// The Cache-Control of answers that no rule fits, as far as they are no errors. Default null: none.
    /// </summary>
    public string? Otherwise { get; init; }
}

/// <summary>Which answers a Cache-Control is for. What is left out fits all.</summary>
/// <param name="CacheControl">The value: RFC 9111 section 5.2, for example <c>public, max-age=3600</c>.</param>
public sealed record CacheRule(string CacheControl)
{
    /// <summary>
    /// The path that the request's begins with, segment by segment: <c>/assets</c>. Default null: any.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// The Content-Type without parameters: <c>text/css</c>, or <c>image/*</c>. Default null: any, and none.
    /// </summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// The statuses, 200 to 599. Empty (the default): all below 400. An error is meant only where its status is named.
    /// </summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];
}
