using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>201, with the place of what was made: RFC 9110 section 15.3.2.</summary>
/// <remarks>Made by <see cref="Results.Created(string)"/>. An immutable value.</remarks>
public readonly struct Created : IAnswer
{
    internal Created(string location) => Location = LocationField.Check(location);

    /// <summary>Where the new resource is: a path or a URI.</summary>
    public string? Location { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        LocationField.Set(exchange.Response, Location);
        return ResultWriter.Empty(exchange, 201);
    }
}

/// <summary>201 with a value in JSON: RFC 9110 section 15.3.2.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.Created{T}(string, T)"/>. An immutable value.</remarks>
public readonly struct Created<T> : IAnswer<T>
{
    internal Created(string location, T value)
    {
        Location = LocationField.Check(location);
        Value = value;
    }

    /// <summary>Where the new resource is: a path or a URI.</summary>
    public string? Location { get; }

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type)
    {
        LocationField.Set(exchange.Response, Location);
        return ResultWriter.Json(exchange, 201, Value, type);
    }
}
