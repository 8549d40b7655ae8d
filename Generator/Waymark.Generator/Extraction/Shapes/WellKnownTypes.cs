using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>The types that System.Text.Json writes by a converter of its own.</summary>
/// <remarks>
/// A <c>TimeSpan</c> is written as <c>1.02:03:04</c>, which is no duration of RFC 3339, and a <c>TimeOnly</c> has no
/// offset, so that neither gets a format whose grammar its JSON does not follow.
/// </remarks>
internal static class WellKnownTypes
{
    /// <summary>Kind and format; null for any other type.</summary>
    public static (ShapeKind Kind, string Format)? Find(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return (ShapeKind.String, "byte");
        if (type.SpecialType != SpecialType.None && OfSpecial(type.SpecialType) is { } found)
            return found;
        if (type is not INamedTypeSymbol named || named.ContainingType is not null)
            return null;
        return named.ContainingNamespace?.Name switch
        {
            "System" when TypeNames.IsIn(named, "System") => OfSystem(named),
            "Json" when TypeNames.IsIn(named, "System", "Text", "Json") && named.Name is "JsonElement" or "JsonDocument"
                => (ShapeKind.Any, ""),
            "Nodes" when TypeNames.IsIn(named, "System", "Text", "Json", "Nodes") =>
                (named.Name == "JsonObject" ? ShapeKind.Object : ShapeKind.Any, ""),
            _ => null,
        };
    }

    private static (ShapeKind, string)? OfSpecial(SpecialType type) => type switch
    {
        SpecialType.System_Object => (ShapeKind.Any, ""),
        SpecialType.System_String => (ShapeKind.String, ""),
        SpecialType.System_Char => (ShapeKind.String, "char"),
        SpecialType.System_Boolean => (ShapeKind.Boolean, ""),
        SpecialType.System_SByte => (ShapeKind.Integer, "int8"),
        SpecialType.System_Byte => (ShapeKind.Integer, "uint8"),
        SpecialType.System_Int16 => (ShapeKind.Integer, "int16"),
        SpecialType.System_UInt16 => (ShapeKind.Integer, "uint16"),
        SpecialType.System_Int32 => (ShapeKind.Integer, "int32"),
        SpecialType.System_UInt32 => (ShapeKind.Integer, "uint32"),
        SpecialType.System_Int64 => (ShapeKind.Integer, "int64"),
        SpecialType.System_UInt64 => (ShapeKind.Integer, "uint64"),
        SpecialType.System_Single => (ShapeKind.Number, "float"),
        SpecialType.System_Double => (ShapeKind.Number, "double"),
        SpecialType.System_Decimal => (ShapeKind.Number, "decimal"),
        SpecialType.System_DateTime => (ShapeKind.String, "date-time"),
        _ => null,
    };

    private static (ShapeKind, string)? OfSystem(INamedTypeSymbol type) => type.Name switch
    {
        "DateTimeOffset" => (ShapeKind.String, "date-time"),
        "DateOnly" => (ShapeKind.String, "date"),
        "TimeOnly" => (ShapeKind.String, "time-local"),
        "TimeSpan" => (ShapeKind.String, "time-span"),
        "Guid" => (ShapeKind.String, "uuid"),
        "Uri" => (ShapeKind.String, "uri"),
        "Version" => (ShapeKind.String, ""),
        "Half" => (ShapeKind.Number, "half"),
        "Int128" => (ShapeKind.Integer, "int128"),
        "UInt128" => (ShapeKind.Integer, "uint128"),
        "Memory" or "ReadOnlyMemory" when type.TypeArguments is [{ SpecialType: SpecialType.System_Byte }] =>
            (ShapeKind.String, "byte"),
        _ => null,
    };
}
