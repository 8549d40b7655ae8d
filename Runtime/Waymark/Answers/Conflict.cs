using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>409, with a problem document: RFC 9110 section 15.5.10.</summary>
/// <remarks>Made by <see cref="Results.Conflict(string?)"/>. An immutable value.</remarks>
public readonly struct Conflict : IAnswer
{
    internal Conflict(string? detail) => Detail = detail;

    /// <summary>What went wrong this time, for the client; null where the title says it all.</summary>
    public string? Detail { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) =>
        Problem.WriteAsync(exchange, 409, Detail);
}

/// <summary>409 with a value in JSON: RFC 9110 section 15.5.10.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.Conflict{T}(T)"/>. An immutable value.</remarks>
public readonly struct Conflict<T> : IAnswer<T>
{
    internal Conflict(T value) => Value = value;

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type) =>
        ResultWriter.Json(exchange, 409, Value, type);
}
