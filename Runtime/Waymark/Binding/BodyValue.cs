using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>A body that was read, or the fact that its refusal has been answered.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
/// <typeparam name="T">The type of the body.</typeparam>
/// <param name="HasValue">False where the request was refused and the answer is written.</param>
/// <param name="Value">The value; only with <paramref name="HasValue"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BodyValue<T>(bool HasValue, T? Value);
