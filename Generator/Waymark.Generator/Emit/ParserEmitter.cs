using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Waymark.Parsers.g.cs</c>: how enums and types with <c>TryParse</c> are read from text.</summary>
internal static class ParserEmitter
{
    public static string Emit(ParserSetModel parsers)
    {
        var writer = new SourceWriter();
        writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(writer, parsers.Namespace);
        writer.Open("partial class Routes");
        writer.Open("private static class Parsers");
        EmitAll(writer, parsers.Values);
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Prints the structs alone.</summary>
    public static void EmitAll(SourceWriter writer, IReadOnlyList<ValueModel> values)
    {
        for (int index = 0; index < values.Count; index++)
        {
            if (index > 0)
                writer.Line();
            EmitParser(writer, values[index]);
        }
    }

    private static void EmitParser(SourceWriter writer, ValueModel value)
    {
        string name = ParserNames.SimpleNameOf(value.Type);
        writer.Open($"internal readonly struct {name} : Wm::IValueParser<{value.Type}>");
        string expected = value.Kind == ValueKind.Enum
            ? SourceText.Literal("one of " + string.Join(", ", value.Names))
            : $"Wm::ValueTexts.Expect<{value.Type}>()";
        writer.Line($"public static string Expected => {expected};");
        writer.Line();
        if (value.Kind != ValueKind.Enum)
        {
            writer.Line("public static bool MayThrow => true;");
            writer.Line();
        }

        writer.Open($"public static bool TryParse(global::System.ReadOnlySpan<byte> text, out {value.Type} value)");
        if (value.Kind == ValueKind.Enum)
            EmitNames(writer, value);
        else
            writer.Line($"return {CallOf(value)};");
        writer.Close();
        writer.Close();
    }

    private static string CallOf(ValueModel value) => value.Kind switch
    {
        ValueKind.TryParseUtf8 => $"{value.Type}.TryParse(text, out value!)",
        ValueKind.TryParseTextInvariant =>
            $"{value.Type}.TryParse(Wm::ValueTexts.ToString(text), " +
            "global::System.Globalization.CultureInfo.InvariantCulture, out value!)",
        _ => $"{value.Type}.TryParse(Wm::ValueTexts.ToString(text), out value!)",
    };

    /// <summary>The exact spelling first, so that names that differ in case only are told apart.</summary>
    private static void EmitNames(SourceWriter writer, ValueModel value)
    {
        bool hasTwins = value.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < value.Names.Count;
        if (hasTwins)
            EmitChain(writer, value, name => $"global::System.MemoryExtensions.SequenceEqual(text, {name}u8)");
        EmitChain(writer, value, name => $"Wm::ValueTexts.IsName(text, {name}u8)");
        writer.Line("value = default;");
        writer.Line("return false;");
    }

    private static void EmitChain(SourceWriter writer, ValueModel value, Func<string, string> test)
    {
        foreach (string name in value.Names)
        {
            writer.Line(
                $$"""
                if ({{test(SourceText.Literal(name))}})
                {
                    value = {{value.Type}}.{{SourceText.Identifier(name)}};
                    return true;
                }

                """);
        }
    }
}
