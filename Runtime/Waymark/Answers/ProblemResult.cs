using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A problem document of the handler's own: RFC 9457.</summary>
/// <remarks>Made by <see cref="Results.Problem(ProblemDetails)"/>. An immutable value.</remarks>
public readonly struct ProblemResult : IAnswer
{
    private readonly ProblemDetails? _problem;

    internal ProblemResult(ProblemDetails problem)
    {
        _problem = problem;
        StatusCode = problem.Status;
        Detail = problem.Detail;
        Title = problem.Title;
        Type = problem.Type;
    }

    internal ProblemResult(int status, string? detail, string? title, string? type)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        StatusCode = status;
        Detail = detail;
        Title = title;
        Type = type;
    }

    /// <summary>The status code, 400 to 599.</summary>
    public int StatusCode { get; }

    /// <summary>What went wrong this time, for the client; null for nothing more.</summary>
    public string? Detail { get; }

    /// <summary>What this kind of problem is called; null for the name of the status.</summary>
    public string? Title { get; }

    /// <summary>The URI of this kind of problem; null for that of the status.</summary>
    public string? Type { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) => _problem is null
        ? Problem.WriteAsync(exchange, StatusCode == 0 ? 500 : StatusCode, Detail, Title, Type)
        : Problem.WriteAsync(exchange, _problem);
}
