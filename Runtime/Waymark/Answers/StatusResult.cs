using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A status code and an empty body: RFC 9110 section 15.</summary>
/// <remarks>Made by <see cref="Results.Status"/>. An immutable value.</remarks>
public readonly struct StatusResult : IAnswer
{
    internal StatusResult(int code)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        Code = code;
    }

    /// <summary>The status code, 200 to 599.</summary>
    public int Code { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) => ResultWriter.Empty(exchange, Code);
}
