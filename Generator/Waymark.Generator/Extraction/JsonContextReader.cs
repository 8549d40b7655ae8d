using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction.Shapes;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads which types a <c>JsonSerializerContext</c> of the user's lists.</summary>
internal static class JsonContextReader
{
    /// <summary>Reads a class; null where it is not a context that generated code can use.</summary>
    public static JsonContextModel? Read(INamedTypeSymbol type)
    {
        if (!IsUsable(type))
            return null;
        // A type may be listed twice, as List<string> and as List<string?>.
        var listed = new SortedDictionary<string, ITypeSymbol>(StringComparer.Ordinal);
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is { Name: "JsonSerializableAttribute" }
                && attribute.ConstructorArguments is [{ Value: ITypeSymbol serializable }])
            {
                listed[TypeNames.Qualified(serializable)] = serializable;
            }
        }

        if (listed.Count == 0)
            return null;
        var problems = new List<Problem>();
        EquatableArray<TypeShape> shapes = ShapeReader.Read(attributes, [.. listed.Values], problems);
        return new JsonContextModel(
            TypeNames.Qualified(type), listed.Keys.ToEquatableArray(), shapes, problems.ToEquatableArray());
    }

    /// <summary>True for a context that generated code can name, whether it lists a type or not.</summary>
    public static bool IsUsable(INamedTypeSymbol type) =>
        IsContext(type) && !type.IsAbstract && !type.IsGenericType && IsAccessible(type);

    private static bool IsContext(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == "JsonSerializerContext"
                && TypeNames.IsIn(current, "System", "Text", "Json", "Serialization"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAccessible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected
                or Accessibility.ProtectedAndInternal || current.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }
}
