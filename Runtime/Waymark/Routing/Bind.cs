using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.CompilerServices;

/// <summary>Turns parts of a request into parameter values.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Each <c>Try…</c> returns false where the request does not hold
/// the value; the thunk then returns the task of the matching <c>Reject…</c>, which finds out why and answers 400.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Bind
{
    // Path captures, by depth. Percent-decoded exactly once.
    public static bool TryPath(Exchange exchange, int depth, out int value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, out long value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, out Guid value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, out string value) => throw new NotImplementedException();

    // Optional path parts: the fallback where the capture is empty, false only where it is invalid.
    public static bool TryPath(Exchange exchange, int depth, int fallback, out int value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, long fallback, out long value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, Guid fallback, out Guid value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, string? fallback, out string? value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, int? fallback, out int? value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, long? fallback, out long? value) => throw new NotImplementedException();
    public static bool TryPath(Exchange exchange, int depth, Guid? fallback, out Guid? value) => throw new NotImplementedException();

    // Query values: the first value of the key. Required: false where missing or invalid.
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out int value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out long value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out Guid value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out string value) => throw new NotImplementedException();

    // Optional: the fallback where missing, false only where invalid.
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, int fallback, out int value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, long fallback, out long value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, Guid fallback, out Guid value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, string? fallback, out string? value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, int? fallback, out int? value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, long? fallback, out long? value) => throw new NotImplementedException();
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, Guid? fallback, out Guid? value) => throw new NotImplementedException();

    // The refusals. `type` is the C# type as the user wrote it: "int".
    public static ValueTask RejectPath(Exchange exchange, int depth, string name, string type) => throw new NotImplementedException();
    public static ValueTask RejectQuery(Exchange exchange, string name, string type) => throw new NotImplementedException();

    // A JSON body. HasValue is false where the refusal (400, 413, 415) is already written. `isRequired` refuses an empty body and `null`.
    public static ValueTask<BodyValue<T>> JsonAsync<T>(Exchange exchange, JsonTypeInfo<T> type, bool isRequired) => throw new NotImplementedException();
}
