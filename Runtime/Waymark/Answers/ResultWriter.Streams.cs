using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;

namespace Waymark.CompilerServices;

/// <content>What is sent piece by piece.</content>
public static partial class ResultWriter
{
    /// <summary>A stream, as application/octet-stream; it is disposed.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    public static ValueTask Stream(Exchange exchange, Stream? value)
    {
        if (value is null)
            return NotFound(exchange);
        SetContentType(exchange.Response, "application/octet-stream"u8);
        return StreamCopy.CopyAsync(exchange, value);
    }

    /// <summary>Items as they come, as a JSON array.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="items">What the handler returned; null answers 404.</param>
    /// <param name="type">How an item is written.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    public static ValueTask Sequence<T>(Exchange exchange, IAsyncEnumerable<T>? items, JsonTypeInfo<T> type) =>
        items is null
            ? NotFound(exchange)
            : SequenceWriter.WriteAsync(exchange, items, new JsonArrayFormat<T>(type));

    /// <summary>Items as they come, one JSON text in a line.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="items">What the handler returned; null answers 404.</param>
    /// <param name="type">How an item is written.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    public static ValueTask Lines<T>(Exchange exchange, IAsyncEnumerable<T>? items, JsonTypeInfo<T> type) =>
        items is null
            ? NotFound(exchange)
            : SequenceWriter.WriteAsync(exchange, items, new JsonLinesFormat<T>(type));

    /// <summary>Server-sent events with text.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="items">What the handler returned; null answers 404.</param>
    public static ValueTask Events(Exchange exchange, IAsyncEnumerable<SseItem<string>>? items) =>
        items is null
            ? NotFound(exchange)
            : SequenceWriter.WriteAsync(exchange, items, new EventFormat<string>(null));

    /// <summary>Server-sent events with JSON.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="items">What the handler returned; null answers 404.</param>
    /// <param name="type">How data is written.</param>
    /// <typeparam name="T">The type of the data.</typeparam>
    public static ValueTask Events<T>(
        Exchange exchange, IAsyncEnumerable<SseItem<T>>? items, JsonTypeInfo<T> type) =>
        items is null
            ? NotFound(exchange)
            : SequenceWriter.WriteAsync(exchange, items, new EventFormat<T>(type));
}
