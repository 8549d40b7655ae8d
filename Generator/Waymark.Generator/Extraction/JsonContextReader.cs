using Microsoft.CodeAnalysis;
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
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonSerializableAttribute" }
                && attribute.ConstructorArguments is [{ Value: ITypeSymbol listed }])
            {
                types.Add(TypeNames.Qualified(listed));
            }
        }

        return types.Count == 0
            ? null
            : new JsonContextModel(
                TypeNames.Qualified(type), types.ToEquatableArray(), EquatableArray<TypeShape>.Empty);
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
