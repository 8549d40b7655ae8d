using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.CompilerServices;

/// <summary>Writes what a handler returned: null is 404, nothing is 204.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Results
{
    // void, Task, ValueTask: 204, unless the handler wrote its response by hand.
    public static ValueTask Nothing(Exchange exchange) => throw new NotImplementedException();
    public static ValueTask Nothing(Exchange exchange, Task task) => throw new NotImplementedException();
    public static ValueTask Nothing(Exchange exchange, ValueTask task) => throw new NotImplementedException();

    // text/plain; charset=utf-8
    public static ValueTask Text(Exchange exchange, string? value) => throw new NotImplementedException();
    public static ValueTask Text(Exchange exchange, Task<string?> task) => throw new NotImplementedException();
    public static ValueTask Text(Exchange exchange, ValueTask<string?> task) => throw new NotImplementedException();

    // application/octet-stream
    public static ValueTask Bytes(Exchange exchange, byte[]? value) => throw new NotImplementedException();
    public static ValueTask Bytes(Exchange exchange, Task<byte[]?> task) => throw new NotImplementedException();
    public static ValueTask Bytes(Exchange exchange, ValueTask<byte[]?> task) => throw new NotImplementedException();

    // application/json
    public static ValueTask Json<T>(Exchange exchange, T? value, JsonTypeInfo<T> type) => throw new NotImplementedException();
    public static ValueTask Json<T>(Exchange exchange, Task<T?> task, JsonTypeInfo<T> type) => throw new NotImplementedException();
    public static ValueTask Json<T>(Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type) => throw new NotImplementedException();

    // T? of a value type: the emitter picks these by name, so that no overload is ambiguous.
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, T? value, JsonTypeInfo<T> type) where T : struct => throw new NotImplementedException();
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, Task<T?> task, JsonTypeInfo<T> type) where T : struct => throw new NotImplementedException();
    public static ValueTask JsonOrNotFound<T>(Exchange exchange, ValueTask<T?> task, JsonTypeInfo<T> type) where T : struct => throw new NotImplementedException();
}
