using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>Turns a decoded text of a request into a value.</summary>
/// <remarks>
/// Implemented by structs, here and in generated code, so that a thunk is compiled for its parser without a virtual
/// call; not meant for direct use.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IValueParser<T>
{
    /// <summary>What is expected, for a message: <c>a whole number from 0 to 255</c>.</summary>
    public static abstract string Expected { get; }

    /// <summary>True where code of the program's own parses, which may throw.</summary>
    public static virtual bool MayThrow => false;

    /// <summary>Parses the whole text.</summary>
    /// <param name="text">The text, decoded; UTF-8 unless it comes from a header field.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where the text is not a value; throws only with <see cref="MayThrow"/>.</returns>
    public static abstract bool TryParse(ReadOnlySpan<byte> text, out T value);
}
