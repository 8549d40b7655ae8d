using System.Globalization;
using System.Text;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>Names of the structs that parse a user's enums and types with <c>TryParse</c>.</summary>
internal static class ParserNames
{
    /// <summary>The struct that parses one value of a type, as generated code names it.</summary>
    public static string Of(ValueModel value) =>
        value.Parser.Length > 0 ? value.Parser : "Parsers." + SimpleNameOf(value.Type);

    /// <summary>
    /// <c>Shop_ColorParser</c> for <c>global::Shop.Color</c>. No two types have one name: an underscore is doubled, and
    /// what may not stand in an identifier is spelled as its number between two letters. The ending keeps it from the
    /// names of the class around it and of the members that every class has.
    /// </summary>
    public static string SimpleNameOf(string type)
    {
        var name = new StringBuilder();
        foreach (char character in type.Replace("global::", ""))
        {
            if (char.IsLetterOrDigit(character))
                name.Append(character);
            else if (character == '.')
                name.Append('_');
            else if (character == '_')
                name.Append("__");
            else if (character != '@')
                name.Append("_x").Append(((int)character).ToString("X", CultureInfo.InvariantCulture)).Append('_');
        }

        return name.Append("Parser").ToString();
    }

    /// <summary>The types for which generated code has to have a parser, each once; sorted.</summary>
    public static EquatableArray<ValueModel> Needed(IEnumerable<HandlerModel> handlers)
    {
        var parsers = new SortedDictionary<string, ValueModel>(StringComparer.Ordinal);
        foreach (ParameterModel leaf in handlers.SelectMany(handler => handler.Leaves))
        {
            if (leaf.Value is { Kind: not (ValueKind.Runtime or ValueKind.Utf8Span or ValueKind.CharacterSpan) } value)
                parsers[value.Type] = value with { Collection = CollectionKind.None };
        }

        return parsers.Values.ToEquatableArray();
    }
}
