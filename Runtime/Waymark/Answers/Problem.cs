using Waymark.Http;

namespace Waymark.Answers;

/// <summary>The problem documents that results write: RFC 9457.</summary>
internal static class Problem
{
    /// <summary>Writes one; a media type that was announced for the value gives way.</summary>
    public static void Write(Exchange exchange, int status, string? detail) =>
        ProblemWriter.Write(exchange.Response, status, detail);

    /// <summary>Writes one as an answer.</summary>
    public static ValueTask WriteAsync(Exchange exchange, int status, string? detail)
    {
        Write(exchange, status, detail);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes one of the handler's own.</summary>
    public static ValueTask WriteAsync(Exchange exchange, int status, string? detail, string? title, string? type) =>
        WriteAsync(exchange, new ProblemDetails { Status = status, Detail = detail, Title = title, Type = type });

    /// <summary>Writes one of the handler's own.</summary>
    public static ValueTask WriteAsync(Exchange exchange, ProblemDetails problem)
    {
        ProblemWriter.Write(exchange.Response, problem);
        return ValueTask.CompletedTask;
    }
}
