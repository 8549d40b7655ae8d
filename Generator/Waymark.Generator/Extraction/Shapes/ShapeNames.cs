using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>Names of types for people and schemas: <c>PageOfUser</c>, <c>UserArray</c>.</summary>
internal static class ShapeNames
{
    public static string Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return Of(array.ElementType) + "Array";
        if (TypeNames.UnwrapNullable(type) is { } value)
            return "Nullable" + Of(value);
        return type is INamedTypeSymbol { TypeArguments.Length: > 0 } named
            ? named.Name + "Of" + string.Join("And", named.TypeArguments.Select(Of))
            : type.Name;
    }
}
