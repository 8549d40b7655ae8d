namespace Waymark.Analyzers.Baseline;

/// <summary>The types of values as they go over the wire.</summary>
internal static class WireTypes
{
    private static readonly string[] Fractions = ["float", "double", "decimal", "half", "number"];

    /// <summary>True where each value of one type is one of the other as well.</summary>
    /// <param name="part">The narrower one.</param>
    /// <param name="whole">The wider one.</param>
    /// <param name="isText">True for text such as a query value, where everything is a string.</param>
    public static bool IsPartOf(string part, string whole, bool isText)
    {
        if (part == whole || whole == "any" || (isText && whole == "string" && ElementOf(part) is null))
            return true;
        if (NamesOf(part) is { } names)
            return NamesOf(whole) is { } others ? names.All(others.Contains) : whole == "string";
        // One value in a query is a list of one.
        if (isText && ElementOf(part) is null && ElementOf(whole) is { } element)
            return IsPartOf(part, element, isText);
        if (RangeOf(part) is { } range)
        {
            return Fractions.Contains(whole)
                || (RangeOf(whole) is { } other && other.Min <= range.Min && range.Max <= other.Max);
        }

        return part is "half" or "float" or "double" && whole == "double";
    }

    /// <summary>What a list or map holds; null for other types.</summary>
    public static string? ElementOf(string type)
    {
        const string map = "map of ";
        if (type.EndsWith("[]", StringComparison.Ordinal))
            return type.Substring(0, type.Length - 2);
        return type.StartsWith(map, StringComparison.Ordinal) ? type.Substring(map.Length) : null;
    }

    /// <summary>True for a constraint that says of a capture no more than its type does.</summary>
    public static bool IsMeaning(string constraint, string type) => constraint == type
        || (constraint, type) is ("int", "int8" or "int16" or "int32" or "uint8" or "uint16")
            or ("long", "int8" or "int16" or "int32" or "int64" or "uint8" or "uint16" or "uint32")
            or ("guid", "uuid");

    private static string[]? NamesOf(string type) =>
        type.StartsWith("enum(", StringComparison.Ordinal) ? type.Substring(5).TrimEnd(')').Split('|') : null;

    private static (double Min, double Max)? RangeOf(string type)
    {
        bool isUnsigned = type.StartsWith("uint", StringComparison.Ordinal);
        if (type == "integer")
            return (double.MinValue, double.MaxValue);
        if (!isUnsigned && !type.StartsWith("int", StringComparison.Ordinal))
            return null;
        if (!int.TryParse(type.Substring(isUnsigned ? 4 : 3), out int bits))
            return null;
        return isUnsigned ? (0, Math.Pow(2, bits)) : (-Math.Pow(2, bits - 1), Math.Pow(2, bits - 1));
    }
}
