using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>Finds what the items of a collection are; dictionaries come first, as in the serializer.</summary>
internal static class Collections
{
    /// <summary>Array or map with the type of its elements; null for a type that is neither.</summary>
    /// <remarks>The element is null where the collection is not generic: its elements are anything.</remarks>
    public static (ShapeKind Kind, ITypeSymbol? Element)? Find(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.Rank == 1 ? (ShapeKind.Array, array.ElementType) : null;
        if (type is not INamedTypeSymbol named)
            return null;
        if (named is { Name: "Memory" or "ReadOnlyMemory", TypeArguments: [{ } item] }
            && TypeNames.IsIn(named, "System"))
        {
            return (ShapeKind.Array, item);
        }

        (ShapeKind, ITypeSymbol?)? found = Of(named);
        // One is enough to be a map; of several arrays the first stands.
        foreach (INamedTypeSymbol face in named.AllInterfaces)
        {
            if (found is { Item1: ShapeKind.Map, Item2: not null })
                break;
            if (Of(face) is not { } other)
                continue;
            bool isBetter = found is null || (other.Kind == ShapeKind.Map && found.Value.Item1 == ShapeKind.Array)
                || (other.Kind == found.Value.Item1 && found.Value.Item2 is null);
            if (isBetter)
                found = other;
        }

        return found;
    }

    private static (ShapeKind Kind, ITypeSymbol? Element)? Of(INamedTypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            || type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
        {
            return (ShapeKind.Array, type.TypeArguments[0]);
        }

        if (type.SpecialType == SpecialType.System_Collections_IEnumerable)
            return (ShapeKind.Array, null);
        if (type.TypeKind != TypeKind.Interface)
            return null;
        return type switch
        {
            { Name: "IDictionary" or "IReadOnlyDictionary", TypeArguments: [_, { } value] }
                when TypeNames.IsIn(type, "System", "Collections", "Generic") => (ShapeKind.Map, value),
            { Name: "IAsyncEnumerable", TypeArguments: [{ } item] }
                when TypeNames.IsIn(type, "System", "Collections", "Generic") => (ShapeKind.Array, item),
            { Name: "IDictionary", Arity: 0 } when TypeNames.IsIn(type, "System", "Collections") =>
                (ShapeKind.Map, null),
            _ => null,
        };
    }
}
