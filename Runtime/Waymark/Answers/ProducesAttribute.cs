namespace Waymark;

/// <summary>Says in which media types a handler answers.</summary>
/// <remarks>
/// One type is sent as it stands. Of several, the client's Accept field picks one (RFC 9110 section 12.5.1): the first
/// where it likes several as much or sends no such field; where it takes none of them, the answer is 406 and the
/// handler is not called. JSON can be sent as <c>application/json</c> and any type that ends in <c>+json</c>, an
/// <c>IAsyncEnumerable</c> also as <c>application/x-ndjson</c>; text, bytes and streams as anything. The method's
/// attribute replaces that of its class.
/// </remarks>
/// <param name="mediaTypes">At least one, such as <c>application/json</c>; the one that is liked best first.</param>
/// <example>
/// <code>
/// [Get("/log"), Produces("application/json", "application/x-ndjson")]
/// static IAsyncEnumerable&lt;Entry&gt; Log() => Entries.ReadAsync();
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ProducesAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>The media types.</summary>
    public IReadOnlyList<string> MediaTypes { get; } = mediaTypes;
}
