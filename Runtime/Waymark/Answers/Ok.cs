using System.Text.Json.Serialization.Metadata;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>200, with an empty body: RFC 9110 section 15.3.1.</summary>
/// <remarks>Made by <see cref="Results.Ok()"/>. An immutable value.</remarks>
public readonly struct Ok : IAnswer
{
    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) => ResultWriter.Empty(exchange, 200);
}

/// <summary>200 with a value in JSON: RFC 9110 section 15.3.1.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.Ok{T}(T)"/>. An immutable value.</remarks>
public readonly struct Ok<T> : IAnswer<T>
{
    internal Ok(T value) => Value = value;

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type) =>
        ResultWriter.Json(exchange, 200, Value, type);
}
