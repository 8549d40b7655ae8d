using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Generator.Extraction;

/// <summary>The default value of a parameter as generated code writes it.</summary>
internal static class DefaultText
{
    /// <summary>The default; null where the declaration has none.</summary>
    public static string? Of(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
            return null;
        if (parameter.ExplicitDefaultValue is not { } value)
            return "default";
        ITypeSymbol type = TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type;
        return type.TypeKind == TypeKind.Enum
            ? $"({TypeNames.Qualified(type)})({Spell(value)})"
            : Spell(value);
    }

    /// <summary>A constant.</summary>
    public static string Spell(object value) => value switch
    {
        float number when float.IsNaN(number) => "float.NaN",
        float number when float.IsInfinity(number) =>
            number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        double number when double.IsNaN(number) => "double.NaN",
        double number when double.IsInfinity(number) =>
            number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        DateTime => "default",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
    };
}
