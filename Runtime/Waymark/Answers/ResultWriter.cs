using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Answers;

namespace Waymark.CompilerServices;

/// <summary>Writes what a handler returned: null is 404, nothing is 204.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. A task that is already complete costs no state machine; another
/// one is awaited by a pooled one.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ResultWriter
{
    private const int LargeBytesMin = 16 * 1024;

    private static ReadOnlySpan<byte> BytesLine => "Content-Type: application/octet-stream\r\n"u8;

    /// <summary>Nothing: 204, unless the handler wrote its response by hand.</summary>
    /// <param name="exchange">The exchange.</param>
    public static ValueTask Nothing(Exchange exchange)
    {
        if (!exchange.Response.IsTouched)
            exchange.Response.StatusCode = 204;
        return ValueTask.CompletedTask;
    }

    /// <summary>Text, as text/plain in UTF-8.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    public static ValueTask Text(Exchange exchange, string? value)
    {
        if (value is null)
            return NotFound(exchange);
        Response response = exchange.Response;
        SetContentTypeLine(response, "Content-Type: text/plain; charset=utf-8\r\n"u8);
        response.Write(value);
        return ValueTask.CompletedTask;
    }

    /// <summary>Bytes, as application/octet-stream.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    public static ValueTask Bytes(Exchange exchange, byte[]? value) =>
        value is null ? NotFound(exchange) : Bytes(exchange, (ReadOnlyMemory<byte>)value);

    /// <summary>Bytes, as application/octet-stream.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned.</param>
    public static ValueTask Bytes(Exchange exchange, ReadOnlyMemory<byte> value)
    {
        Response response = exchange.Response;
        SetContentTypeLine(response, BytesLine);
        if (value.Length < LargeBytesMin)
        {
            response.Write(value.Span);
            return ValueTask.CompletedTask;
        }

        response.ContentLength = value.Length;
        return response.WriteAsync(value);
    }

    /// <summary>Bytes that are gone when the handler's stack is, as application/octet-stream.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned.</param>
    public static ValueTask Bytes(Exchange exchange, ReadOnlySpan<byte> value)
    {
        SetContentTypeLine(exchange.Response, BytesLine);
        exchange.Response.Write(value);
        return ValueTask.CompletedTask;
    }

    /// <summary>JSON.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask Json<T>(Exchange exchange, T? value, JsonTypeInfo<T> type)
    {
        if (value is null)
            return NotFound(exchange);
        WriteJson(exchange.Response, value, type);
        return ValueTask.CompletedTask;
    }

    /// <summary>JSON of a value type that may be missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, T? value, JsonTypeInfo<T> type)
        where T : struct => value is { } present ? Json(exchange, present, type) : NotFound(exchange);

    /// <summary>A typed result without a value.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="result">What the handler returned.</param>
    /// <typeparam name="TResult">The result; being a struct, its method is called directly.</typeparam>
    public static ValueTask Typed<TResult>(Exchange exchange, TResult result)
        where TResult : struct, IAnswer => result.WriteAsync(exchange);

    /// <summary>A typed result with a value in JSON.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="result">What the handler returned.</param>
    /// <param name="type">How the value is written.</param>
    /// <typeparam name="TResult">The result; being a struct, its method is called directly.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static ValueTask Typed<TResult, T>(Exchange exchange, TResult result, JsonTypeInfo<T> type)
        where TResult : struct, IAnswer<T> => result.WriteAsync(exchange, type);

    /// <summary>What becomes of null: 404.</summary>
    /// <param name="exchange">The exchange.</param>
    public static ValueTask NotFound(Exchange exchange)
    {
        Problem.Write(exchange, 404, null);
        return ValueTask.CompletedTask;
    }

    /// <summary>What becomes of a union that holds no case.</summary>
    /// <returns>The exception to throw.</returns>
    public static InvalidOperationException NoCase() => new(
        "The handler returned an empty Results<…>, which is what 'default' makes: return one of its cases.");

    /// <summary>Sets the one media type that a handler produces.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="mediaType">For example <c>application/geo+json</c>.</param>
    public static void Produces(Exchange exchange, ReadOnlySpan<byte> mediaType) =>
        exchange.Response.SetContentType(mediaType);

    /// <summary>A status and a value in JSON.</summary>
    internal static ValueTask Json<T>(Exchange exchange, int status, T value, JsonTypeInfo<T> type)
    {
        exchange.Response.StatusCode = status;
        WriteJson(exchange.Response, value, type);
        return ValueTask.CompletedTask;
    }

    /// <summary>A status and nothing else.</summary>
    internal static ValueTask Empty(Exchange exchange, int status)
    {
        Response response = exchange.Response;
        response.StatusCode = status;
        // What [Produces] has announced is the type of a body, and there is none.
        if (response.Headers.Count > 0)
            response.Headers.Remove("Content-Type"u8);
        return ValueTask.CompletedTask;
    }

    private static void WriteJson<T>(Response response, T value, JsonTypeInfo<T> type)
    {
        SetContentTypeLine(response, "Content-Type: application/json\r\n"u8);
        Utf8JsonWriter writer = response.JsonWriter(type.Options);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
    }

    /// <summary>A handler that set the field itself knows better.</summary>
    internal static void SetContentType(Response response, ReadOnlySpan<byte> mediaType)
    {
        if (response.Headers.Count == 0 || !response.Headers.Contains("Content-Type"u8))
            response.Headers.AddTrusted("Content-Type"u8, mediaType);
    }

    /// <summary>The same with a whole field line: one copy.</summary>
    private static void SetContentTypeLine(Response response, ReadOnlySpan<byte> line)
    {
        if (response.Headers.Count == 0 || !response.Headers.Contains("Content-Type"u8))
            response.Headers.AddLine(line, "Content-Type".Length);
    }
}
