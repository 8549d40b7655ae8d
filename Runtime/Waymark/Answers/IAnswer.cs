using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.CompilerServices;

/// <summary>A typed result that writes itself.</summary>
/// <remarks>
/// For generated code, which calls it on the struct itself: the call is direct and nothing is boxed.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAnswer
{
    /// <summary>Writes the answer.</summary>
    /// <param name="exchange">The exchange; its answer has not started.</param>
    public ValueTask WriteAsync(Exchange exchange);
}

/// <summary>A typed result with a value that is written as JSON.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>For generated code, as <see cref="IAnswer"/> is.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAnswer<T>
{
    /// <summary>Writes the answer.</summary>
    /// <param name="exchange">The exchange; its answer has not started.</param>
    /// <param name="type">How the value is written; generated code finds it in the user's contexts.</param>
    public ValueTask WriteAsync(Exchange exchange, JsonTypeInfo<T> type);
}
