namespace Waymark;

/// <summary>A problem document: what a client gets to know about an error (RFC 9457).</summary>
/// <remarks>
/// Sent as <c>application/problem+json</c> by <see cref="Response.WriteProblem"/> and by what
/// <see cref="HttpServer.MapException{T}(Func{T, ProblemDetails})"/> returns. Not safe for use by several threads at
/// once.
/// </remarks>
/// <example>
/// <code>
/// new ProblemDetails
/// {
///     Type = "https://example.com/problems/out-of-credit",
///     Title = "Out Of Credit",
///     Status = 403,
///     Detail = "The account has 30 left, and 50 are needed.",
///     Extensions = { { "balance", 30 } },
/// }
/// </code>
/// </example>
public sealed class ProblemDetails
{
    private readonly int _status = 500;
    private ProblemExtensions? _extensions;

    /// <summary>
    /// What kind of problem this is, as a URI that stays the same. Default null: what the status means by itself, as
    /// in <c>urn:waymark:problem:not-found</c>, or <c>about:blank</c> for a status that docs/problems does not list.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>
    /// What this kind of problem is called, the same for every occurrence. Default null: the status' own phrase.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>The status code of the answer, 400 to 599. Default 500.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is out of range.</exception>
    public int Status
    {
        get => _status;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 400);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 599);
            _status = value;
        }
    }

    /// <summary>What went wrong this time, as a sentence for the client. Default null: left out.</summary>
    public string? Detail { get; init; }

    /// <summary>A URI of this occurrence, for support to find it again. Default null: left out.</summary>
    public string? Instance { get; init; }

    /// <summary>What is wrong in the body, one by one. Default: none, and the member is left out.</summary>
    public IReadOnlyList<ValidationError> Errors { get; init; } = [];

    /// <summary>Members of the program's own, in the order in which they were added. Default: none.</summary>
    public ProblemExtensions Extensions => _extensions ??= [];

    internal void WriteExtensions(Response response) => _extensions?.Write(response);
}
