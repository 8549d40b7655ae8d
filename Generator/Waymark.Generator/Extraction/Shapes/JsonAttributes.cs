using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>The attributes of System.Text.Json by name.</summary>
internal static class JsonAttributes
{
    /// <summary>True for an attribute of System.Text.Json of that name.</summary>
    public static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && IsOfJson(type);

    /// <summary>True for a type that lives where the attributes and converters of System.Text.Json do.</summary>
    public static bool IsOfJson(INamedTypeSymbol type) =>
        TypeNames.IsIn(type, "System", "Text", "Json", "Serialization");

    public static AttributeData? Find(ImmutableArray<AttributeData> attributes, string name)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (Is(attribute, name))
                return attribute;
        }

        return null;
    }

    /// <summary>What an attribute's constructor is given first, where it is text.</summary>
    public static string? TextOf(AttributeData? attribute) =>
        attribute?.ConstructorArguments is [{ Value: string text }, ..] ? text : null;

    /// <summary>A named argument of a type; the fallback where it is not given.</summary>
    public static T Named<T>(AttributeData attribute, string name, T fallback)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array
                && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return fallback;
    }
}
