using System.Text.Json.Serialization.Metadata;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A value in JSON with any status.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.Json"/>. An immutable value.</remarks>
public readonly struct JsonResult<T> : IAnswer<T>
{
    internal JsonResult(T value, int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        Value = value;
        StatusCode = status;
    }

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <summary>The status code, 200 to 599.</summary>
    public int StatusCode { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type) =>
        ResultWriter.Json(exchange, StatusCode, Value, type);
}
