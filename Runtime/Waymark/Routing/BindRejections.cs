using System.Text;
using Waymark.Routing;

namespace Waymark.CompilerServices;

/// <content>The refusals: 400 with a sentence that names parameter, place, type and value.</content>
public static partial class Bind
{
    private const int ShownCharactersMax = 64;

    /// <summary>Answers 400 for a path capture that is not of its type.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="type">Its C# type, as in <c>int</c>.</param>
    public static ValueTask RejectPath(Exchange exchange, int depth, string name, string type)
    {
        string value = ValueParser.ReadPath(PathOf(exchange, depth));
        return Refuse(
            exchange, "path", name, $"The path parameter '{name}' is not {Name(type)}: '{Cut(value)}'.");
    }

    /// <summary>Answers 400 for a query value that is missing or not of its type.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The parameter, which is the key.</param>
    /// <param name="type">Its C# type, as in <c>int</c>.</param>
    public static ValueTask RejectQuery(Exchange exchange, string name, string type)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(Encoding.UTF8.GetBytes(name), out ReadOnlySpan<byte> raw);
        return Refuse(exchange, "query", name, isFound
            ? $"The query parameter '{name}' is not {Name(type)}: '{Cut(ValueParser.ReadQuery(raw))}'."
            : $"The query parameter '{name}' is missing; it is {Name(type)}.");
    }

    private static ValueTask Refuse(Exchange exchange, string where, string name, string detail)
    {
        BindErrors errors = default;
        errors.Add(where, name, detail);
        return Reject(exchange, in errors);
    }

    private static string Name(string type) => type switch
    {
        "int" => "a whole number from -2147483648 to 2147483647",
        "long" => "a whole number of 64 bits",
        "string" => "a text",
        _ => "a " + (type.StartsWith("global::", StringComparison.Ordinal)
            ? type[(type.LastIndexOf('.') + 1)..]
            : type),
    };

    /// <summary>A value as a message shows it: never half of a surrogate pair at its end.</summary>
    private static string Cut(string value)
    {
        if (value.Length <= ShownCharactersMax)
            return value;
        int end = char.IsHighSurrogate(value[ShownCharactersMax - 1]) ? ShownCharactersMax - 1 : ShownCharactersMax;
        return value[..end] + "…";
    }
}
