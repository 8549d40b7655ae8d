using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Waymark.CompilerServices;

/// <summary>Turns texts of a request into parameter values.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Nothing throws for what a client sent: what is wrong is added to
/// the errors, and the thunk answers with all of them at once.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Bind
{
    /// <summary>Reads a value that has to be there.</summary>
    /// <param name="value">The text.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T Required<T, TParser>(RequestValue value, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        if (value.IsPresent && value.TryParse<T, TParser>(out T parsed))
            return parsed;
        value.Refuse(TParser.Expected, ref errors);
        return default!;
    }

    /// <summary>Reads a value that may be missing: not there, or left empty in a form or the query.</summary>
    /// <param name="value">The text.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T Optional<T, TParser>(RequestValue value, T fallback, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        if (value.IsAbsent<T>())
            return fallback;
        if (value.TryParse<T, TParser>(out T parsed))
            return parsed;
        value.Refuse(TParser.Expected, ref errors);
        return fallback;
    }

    /// <summary>Reads a nullable value; missing as in <see cref="Optional{T, TParser}"/>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T? Nullable<T, TParser>(RequestValue value, T? fallback, ref BindErrors errors)
        where T : struct
        where TParser : struct, IValueParser<T>
    {
        if (value.IsAbsent<T>())
            return fallback;
        if (value.TryParse<T, TParser>(out T parsed))
            return parsed;
        value.Refuse(TParser.Expected, ref errors);
        return fallback;
    }

    /// <summary>Notes that a value which is passed as a span is missing.</summary>
    /// <param name="value">The text.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Require(RequestValue value, ref BindErrors errors)
    {
        if (!value.IsPresent)
            value.Refuse(TextParser.Expected, ref errors);
    }

    /// <summary>The decoded octets of a value: where they came, or in memory of the exchange.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">The text; empty where it is missing.</param>
    /// <returns>Valid until the exchange ends.</returns>
    public static ReadOnlySpan<byte> Utf8(Exchange exchange, RequestValue value) => value.Decode(exchange);

    /// <summary>The decoded characters of a value, in memory of the exchange.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="value">The text; empty where it is missing.</param>
    /// <returns>Valid until the exchange ends.</returns>
    public static ReadOnlySpan<char> Characters(Exchange exchange, RequestValue value)
    {
        ReadOnlySpan<byte> decoded = value.Decode(exchange);
        Span<char> characters = MemoryMarshal.Cast<byte, char>(exchange.Scratch(decoded.Length * sizeof(char)));
        return characters[..Encoding.UTF8.GetChars(decoded, characters)];
    }

    /// <summary>A service that the server was checked to have.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="InvalidOperationException">The services do not have it after all.</exception>
    public static T Service<T>(Exchange exchange)
        where T : notnull =>
        exchange.Services.GetService(typeof(T)) is T service
            ? service
            : throw new InvalidOperationException($"The server's services have no {typeof(T)}.");

    /// <summary>A service that may be missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static T? ServiceOrDefault<T>(Exchange exchange) =>
        exchange.Services.GetService(typeof(T)) is T service ? service : default;
}
