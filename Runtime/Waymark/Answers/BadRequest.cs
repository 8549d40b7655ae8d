using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>400, with a problem document: RFC 9110 section 15.5.1.</summary>
/// <remarks>Made by <see cref="Results.BadRequest(string?)"/>. An immutable value.</remarks>
public readonly struct BadRequest : IAnswer
{
    internal BadRequest(string? detail) => Detail = detail;

    /// <summary>What went wrong this time, for the client; null where the title says it all.</summary>
    public string? Detail { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) =>
        Problem.WriteAsync(exchange, 400, Detail);
}

/// <summary>400 with a value in JSON: RFC 9110 section 15.5.1.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.BadRequest{T}(T)"/>. An immutable value.</remarks>
public readonly struct BadRequest<T> : IAnswer<T>
{
    internal BadRequest(T value) => Value = value;

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type) =>
        ResultWriter.Json(exchange, 400, Value, type);
}
