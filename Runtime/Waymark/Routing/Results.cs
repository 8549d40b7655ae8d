using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Http;

namespace Waymark.CompilerServices;

/// <summary>Writes what a handler returned: null is 404, nothing is 204.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. A task that is already complete costs no state machine; another
/// one is awaited by a pooled one.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Results
{
    private const int LargeBytesMin = 16 * 1024;

    /// <summary>Nothing: 204, unless the handler wrote its response by hand.</summary>
    /// <param name="exchange">The exchange.</param>
    public static ValueTask Nothing(Exchange exchange)
    {
        if (!exchange.Response.IsTouched)
            exchange.Response.StatusCode = 204;
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">The handler's task.</param>
    public static ValueTask Nothing(Exchange exchange, Task task) => Nothing(exchange, new ValueTask(task));

    /// <summary>Nothing, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">The handler's task.</param>
    public static ValueTask Nothing(Exchange exchange, ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
            return AwaitNothingAsync(exchange, task);
        task.GetAwaiter().GetResult();
        return Nothing(exchange);
    }

    /// <summary>Text, as text/plain in UTF-8.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    public static ValueTask Text(Exchange exchange, string? value)
    {
        if (value is null)
            return NotFound(exchange);
        Response response = exchange.Response;
        SetContentType(response, "text/plain; charset=utf-8"u8);
        response.Write(value);
        return ValueTask.CompletedTask;
    }

    /// <summary>Bytes, as application/octet-stream.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    public static ValueTask Bytes(Exchange exchange, byte[]? value)
    {
        if (value is null)
            return NotFound(exchange);
        Response response = exchange.Response;
        SetContentType(response, "application/octet-stream"u8);
        if (value.Length < LargeBytesMin)
        {
            response.Write(value);
            return ValueTask.CompletedTask;
        }

        response.ContentLength = value.Length;
        return response.WriteAsync(value);
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
        Response response = exchange.Response;
        SetContentType(response, "application/json"u8);
        Utf8JsonWriter writer = response.JsonWriter(type.Options);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return ValueTask.CompletedTask;
    }

    /// <summary>JSON of a value type that may be missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">What the handler returned; null answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, T? value, JsonTypeInfo<T> type)
        where T : struct => value is { } present ? Json(exchange, present, type) : NotFound(exchange);

    /// <summary>Text, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    public static ValueTask Text(Exchange exchange, Task<string?> task) =>
        Text(exchange, new ValueTask<string?>(task));

    /// <summary>Text, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    public static ValueTask Text(Exchange exchange, ValueTask<string?> task) =>
        task.IsCompletedSuccessfully
            ? Text(exchange, task.Result)
            : AwaitTextAsync(exchange, task);

    /// <summary>Bytes, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    public static ValueTask Bytes(Exchange exchange, Task<byte[]?> task) =>
        Bytes(exchange, new ValueTask<byte[]?>(task));

    /// <summary>Bytes, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    public static ValueTask Bytes(Exchange exchange, ValueTask<byte[]?> task) =>
        task.IsCompletedSuccessfully
            ? Bytes(exchange, task.Result)
            : AwaitBytesAsync(exchange, task);

    /// <summary>JSON, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask Json<T>(Exchange exchange, Task<T?> task, JsonTypeInfo<T> type) =>
        Json(exchange, new ValueTask<T?>(task), type);

    /// <summary>JSON, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask Json<T>(Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type) =>
        task.IsCompletedSuccessfully
            ? Json(exchange, task.Result, type)
            : AwaitJsonAsync(exchange, task, type);

    /// <summary>JSON of a value type that may be missing, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, Task<T?> task, JsonTypeInfo<T> type)
        where T : struct =>
        JsonOrNotFound(exchange, new ValueTask<T?>(task), type);

    /// <summary>JSON of a value type that may be missing, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned; a null result answers 404.</param>
    /// <param name="type">How the type is written.</param>
    /// <typeparam name="T">The type.</typeparam>
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type)
        where T : struct =>
        task.IsCompletedSuccessfully
            ? JsonOrNotFound(exchange, task.Result, type)
            : AwaitJsonOrNotFoundAsync(exchange, task, type);

    private static ValueTask NotFound(Exchange exchange)
    {
        ProblemWriter.Write(exchange.Response, 404);
        return ValueTask.CompletedTask;
    }

    /// <summary>A handler that set the field itself knows better.</summary>
    private static void SetContentType(Response response, ReadOnlySpan<byte> mediaType)
    {
        if (response.Headers.Count == 0 || !response.Headers.Contains("Content-Type"u8))
            response.Headers.AddTrusted("Content-Type"u8, mediaType);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitNothingAsync(Exchange exchange, ValueTask task)
    {
        await task.ConfigureAwait(false);
        await Nothing(exchange).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitTextAsync(Exchange exchange, ValueTask<string?> task) =>
        await Text(exchange, await task.ConfigureAwait(false)).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitBytesAsync(Exchange exchange, ValueTask<byte[]?> task) =>
        await Bytes(exchange, await task.ConfigureAwait(false)).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitJsonAsync<T>(Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type) =>
        await Json(exchange, await task.ConfigureAwait(false), type).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitJsonOrNotFoundAsync<T>(
        Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type)
        where T : struct =>
        await JsonOrNotFound(exchange, await task.ConfigureAwait(false), type).ConfigureAwait(false);
}
