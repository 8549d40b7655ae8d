using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.CompilerServices;

/// <content>What comes through a task.</content>
public static partial class ResultWriter
{
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

    /// <summary>Anything else, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned.</param>
    /// <param name="write">Writes what comes out of it; static, so that it is made once.</param>
    /// <typeparam name="T">What comes out of the task.</typeparam>
    public static ValueTask Later<T>(Exchange exchange, Task<T> task, Func<Exchange, T, ValueTask> write) =>
        Later(exchange, new ValueTask<T>(task), write);

    /// <summary>Anything else, later.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="task">What the handler returned.</param>
    /// <param name="write">Writes what comes out of it; static, so that it is made once.</param>
    /// <typeparam name="T">What comes out of the task.</typeparam>
    public static ValueTask Later<T>(Exchange exchange, ValueTask<T> task, Func<Exchange, T, ValueTask> write) =>
        task.IsCompletedSuccessfully
            ? write(exchange, task.Result)
            : AwaitAsync(exchange, task, write);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitAsync<T>(
        Exchange exchange, ValueTask<T> task, Func<Exchange, T, ValueTask> write) =>
        await write(exchange, await task.ConfigureAwait(false)).ConfigureAwait(false);

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
