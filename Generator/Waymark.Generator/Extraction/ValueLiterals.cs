using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Generator.Extraction;

/// <summary>Allowed and denied values as constants of the type that they are compared with.</summary>
internal static class ValueLiterals
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A C# literal; null where no value of the target's type is equal to the constant.</summary>
    public static string? Of(TypedConstant constant, RuleTarget target)
    {
        if (constant.IsNull)
            return target.Type.IsReferenceType || target.IsNullable ? "null" : null;
        if (constant.Kind == TypedConstantKind.Enum)
        {
            return SymbolEqualityComparer.Default.Equals(constant.Type, target.Type)
                ? $"({target.TypeName})({((IFormattable)constant.Value!).ToString(null, Culture)})"
                : null;
        }

        if (constant.Kind != TypedConstantKind.Primitive)
            return null;
        object value = constant.Value!;
        if (value is string or bool or char)
        {
            return constant.Type!.SpecialType == target.Type.SpecialType
                ? SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)
                : null;
        }

        return OfNumber(System.Convert.ToString(value, Culture)!, target.TypeName);
    }

    /// <summary>A constant for a message.</summary>
    public static string ToCSharpText(this TypedConstant constant) => constant.ToCSharpString();

    private static string? OfNumber(string text, string type)
    {
        bool isWhole = decimal.TryParse(text, NumberStyles.Float, Culture, out decimal exact)
            && decimal.Truncate(exact) == exact;
        (decimal Min, decimal Max)? range = type switch
        {
            "sbyte" => (sbyte.MinValue, sbyte.MaxValue),
            "byte" => (byte.MinValue, byte.MaxValue),
            "short" => (short.MinValue, short.MaxValue),
            "ushort" => (ushort.MinValue, ushort.MaxValue),
            "int" => (int.MinValue, int.MaxValue),
            "uint" => (uint.MinValue, uint.MaxValue),
            "long" => (long.MinValue, long.MaxValue),
            "ulong" => (ulong.MinValue, ulong.MaxValue),
            _ => null,
        };
        if (range is { } bounds)
            return isWhole && exact >= bounds.Min && exact <= bounds.Max ? exact.ToString("0", Culture) : null;
        return type switch
        {
            "decimal" when decimal.TryParse(text, NumberStyles.Float, Culture, out _) => exact.ToString(Culture) + "m",
            "double" when double.TryParse(text, NumberStyles.Float, Culture, out double number) && IsFinite(number) =>
                number.ToString("R", Culture) + "d",
            "float" when float.TryParse(text, NumberStyles.Float, Culture, out float number) && IsFinite(number) =>
                number.ToString("R", Culture) + "f",
            _ => null,
        };
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
