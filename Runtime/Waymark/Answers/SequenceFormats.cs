using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.Answers;

/// <summary>How items that come one by one are put into a body.</summary>
/// <remarks>Implemented by structs, so that one loop serves them all with direct calls.</remarks>
internal interface ISequenceFormat<T>
{
    /// <summary>True where the client is to see the head before the first item is there.</summary>
    public bool StartsAtOnce { get; }

    public void Begin(Response response);

    public void Write(Response response, T item);

    /// <summary>True where something can be written that says nothing.</summary>
    public bool HasKeepAlive { get; }

    public void WriteKeepAlive(Response response);

    public void End(Response response);
}

/// <summary>A JSON array: RFC 8259 section 5.</summary>
internal struct JsonArrayFormat<T>(JsonTypeInfo<T> type) : ISequenceFormat<T>
{
    private bool _hasItems;

    // Until the first item is there, a failure can still be answered with 500.
    public readonly bool StartsAtOnce => false;

    public readonly bool HasKeepAlive => false;

    public readonly void Begin(Response response)
    {
        CompilerServices.ResultWriter.SetContentType(response, "application/json"u8);
        response.Write("["u8);
    }

    public void Write(Response response, T item)
    {
        if (_hasItems)
            response.Write(","u8);
        _hasItems = true;
        Utf8JsonWriter writer = response.JsonWriter(type.Options);
        JsonSerializer.Serialize(writer, item, type);
        writer.Flush();
    }

    public readonly void WriteKeepAlive(Response response)
    {
    }

    public readonly void End(Response response) => response.Write("]"u8);
}

/// <summary>One JSON text in a line, whatever the options say about indentation.</summary>
internal readonly struct JsonLinesFormat<T>(JsonTypeInfo<T> type) : ISequenceFormat<T>
{
    public bool StartsAtOnce => false;

    public bool HasKeepAlive => false;

    public void Begin(Response response) =>
        CompilerServices.ResultWriter.SetContentType(response, "application/x-ndjson"u8);

    public void Write(Response response, T item)
    {
        Utf8JsonWriter writer = response.JsonWriter(type.Options, isOneLine: true);
        JsonSerializer.Serialize(writer, item, type);
        writer.Flush();
        response.Write("\n"u8);
    }

    public void WriteKeepAlive(Response response)
    {
    }

    public void End(Response response)
    {
    }
}

/// <summary>Server-sent events: WHATWG HTML section 9.2.5.</summary>
/// <remarks>
/// <code>
/// event = *( comment / field ) end-of-line ; field = 1*name-char [ colon [ space ] *any-char ] end-of-line
/// </code>
/// A line ends with CRLF, LF or CR, so data is split at each of them and sent with LF.
/// </remarks>
/// <param name="type">How data is written as JSON; null where it is text.</param>
internal readonly struct EventFormat<T>(JsonTypeInfo<T>? type) : ISequenceFormat<SseItem<T>>
{
    // A client shows "open" when it has seen the head, and the first event may be far away.
    public bool StartsAtOnce => true;

    public bool HasKeepAlive => true;

    public void Begin(Response response)
    {
        CompilerServices.ResultWriter.SetContentType(response, "text/event-stream"u8);
        if (!response.Headers.Contains("Cache-Control"u8))
            response.Headers.AddTrusted("Cache-Control"u8, "no-store"u8);

        // What nginx and others that learned from it ask: not to wait until they have a buffer full.
        if (!response.Headers.Contains("X-Accel-Buffering"u8))
            response.Headers.AddTrusted("X-Accel-Buffering"u8, "no"u8);
    }

    public void Write(Response response, SseItem<T> item)
    {
        if (item.Comment is { } comment)
            WriteLines(response, ": "u8, comment);
        if (item.IsCommentOnly)
        {
            response.Write("\n"u8);
            return;
        }

        WriteField(response, "event: "u8, item.EventType);
        WriteField(response, "id: "u8, item.Id);
        if (item.Retry is { } retry)
            WriteRetry(response, (long)retry.TotalMilliseconds);
        if (type is not null)
            WriteJson(response, item.Data, type);
        else if (item.Data is string text)
            WriteLines(response, "data: "u8, text);
        response.Write("\n"u8);
    }

    public void End(Response response)
    {
    }

    // comment = colon *any-char end-of-line
    public void WriteKeepAlive(Response response) => response.Write(":\n\n"u8);

    private static void WriteField(Response response, ReadOnlySpan<byte> name, string? value)
    {
        // An empty id is no missing one: it makes the client forget the last.
        if (value is null)
            return;
        response.Write(name);
        response.WriteText(value);
        response.Write("\n"u8);
    }

    private static void WriteRetry(Response response, long milliseconds)
    {
        response.Write("retry: "u8);
        Span<byte> digits = response.GetSpan(20);
        Utf8Formatter.TryFormat(milliseconds, digits, out int length);
        response.Advance(length);
        response.Write("\n"u8);
    }

    private static void WriteJson(Response response, T data, JsonTypeInfo<T> type)
    {
        response.Write("data: "u8);
        Utf8JsonWriter writer = response.JsonWriter(type.Options, isOneLine: true);
        JsonSerializer.Serialize(writer, data, type);
        writer.Flush();
        response.Write("\n"u8);
    }

    private static void WriteLines(Response response, ReadOnlySpan<byte> field, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int end = text.IndexOfAny('\r', '\n');
            response.Write(field);
            response.WriteText(end < 0 ? text : text[..end]);
            response.Write("\n"u8);
            if (end < 0)
                return;
            bool isPair = text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n';
            text = text[(end + (isPair ? 2 : 1))..];
        }
    }
}
