namespace Waymark.Answers;

/// <summary>What is said of a file beside its bytes.</summary>
/// <param name="MediaType">Content-Type; null leaves what the response has.</param>
/// <param name="ETag">Null for one of length and time of the last write, where the content knows that.</param>
/// <param name="LastModified">Null for the time of the last write, where the content knows that.</param>
/// <param name="RangeMediaType">The type that the parts of several ranges name.</param>
internal readonly record struct FileFacts(
    string? MediaType, string? ETag, DateTimeOffset? LastModified, string RangeMediaType)
{
    /// <summary>Content-Disposition; null for none.</summary>
    public string? Disposition { get; init; }

    /// <summary>Cache-Control; null leaves what the response has.</summary>
    public string? CacheControl { get; init; }

    /// <summary>Content-Encoding; null for none. Bytes, length and ranges are those that are encoded so.</summary>
    public string? Coding { get; init; }
}
