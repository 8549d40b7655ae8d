namespace Waymark.Generator.Model;

/// <summary>What becomes of a return value.</summary>
/// <param name="Kind">Nothing, text, bytes or JSON.</param>
/// <param name="Wrapper">Whether it comes at once or through a task.</param>
/// <param name="JsonType">
/// The type to serialise, qualified, without a trailing <c>?</c>; "" unless the kind is JSON.
/// </param>
/// <param name="IsNullableStruct">True for <c>T?</c> of a value type.</param>
internal sealed record ResultModel(ResultKind Kind, ResultWrapper Wrapper, string JsonType, bool IsNullableStruct);

/// <summary>How a value is written.</summary>
internal enum ResultKind
{
    Nothing,
    Text,
    Bytes,
    Json,
}

/// <summary>How a value is handed over.</summary>
internal enum ResultWrapper
{
    None,
    Task,
    ValueTask,
}
