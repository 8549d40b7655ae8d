using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>What the rules of a parameter are asked of.</summary>
internal static class CheckedParameter
{
    public static CheckedValue Of(ParameterModel leaf, ValueModel value)
    {
        if (value.Collection != CollectionKind.None)
            return new CheckedValue(value.Type + "[]", ShapeKind.Array, value.Type, CanBeNull: false);
        bool canBeNull = leaf.IsOptional && leaf.Nullability != Nullability.None;
        return new CheckedValue(value.Type, KindOf(value), "", canBeNull || value.Type == "string");
    }

    private static ShapeKind KindOf(ValueModel value) => value.Type switch
    {
        "string" or "char" => ShapeKind.String,
        "bool" => ShapeKind.Boolean,
        "float" or "double" or "decimal" or "global::System.Half" => ShapeKind.Number,
        _ when value.Kind == ValueKind.Enum => ShapeKind.Enum,
        _ when value.Parser.Contains("Int") => ShapeKind.Integer,
        _ => ShapeKind.String,
    };
}
