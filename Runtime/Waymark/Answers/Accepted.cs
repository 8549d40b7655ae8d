using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>202, for work that is not done yet: RFC 9110 section 15.3.3.</summary>
/// <remarks>Made by <see cref="Results.Accepted(string?)"/>. An immutable value.</remarks>
public readonly struct Accepted : IAnswer
{
    internal Accepted(string? location) => Location = location is null ? null : LocationField.Check(location);

    /// <summary>Where the client can ask how it went: a path or a URI; null for nowhere.</summary>
    public string? Location { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        if (Location is not null)
            LocationField.Set(exchange.Response, Location);
        return ResultWriter.Empty(exchange, 202);
    }
}

/// <summary>202 with a value in JSON: RFC 9110 section 15.3.3.</summary>
/// <typeparam name="T">The type of the value; a JsonSerializerContext lists it.</typeparam>
/// <remarks>Made by <see cref="Results.Accepted{T}(string?, T)"/>. An immutable value.</remarks>
public readonly struct Accepted<T> : IAnswer<T>
{
    internal Accepted(string? location, T value)
    {
        Location = location is null ? null : LocationField.Check(location);
        Value = value;
    }

    /// <summary>Where the client can ask how it went: a path or a URI; null for nowhere.</summary>
    public string? Location { get; }

    /// <summary>What is written as JSON; null is written as <c>null</c>.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    ValueTask IAnswer<T>.WriteAsync(Exchange exchange, JsonTypeInfo<T> type)
    {
        if (Location is not null)
            LocationField.Set(exchange.Response, Location);
        return ResultWriter.Json(exchange, 202, Value, type);
    }
}
