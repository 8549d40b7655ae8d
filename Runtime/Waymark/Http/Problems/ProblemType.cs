namespace Waymark.Http.Problems;

/// <summary>A kind of problem: what its <c>type</c> says stays the same for good (RFC 9457 section 3.1.1).</summary>
/// <param name="Slug">The last part of the URI, and the name of its page in docs/problems.</param>
/// <param name="Title">What it is called; the same for every occurrence. Written as it is: it needs no escape.</param>
/// <param name="Status">The status code.</param>
internal sealed record ProblemType(string Slug, string Title, int Status)
{
    /// <summary>The <c>type</c> of a problem that says nothing beyond its status: RFC 9457 section 4.2.1.</summary>
    public const string Blank = "about:blank";

    private const string Prefix = "urn:waymark:problem:";

    /// <summary>The <c>type</c> in a document.</summary>
    public string Uri { get; } = Prefix + Slug;
}
