using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction;

/// <summary>Names of types, cheap for the types that most handlers use.</summary>
internal static class TypeNames
{
    // A tuple is spelled without the names of its elements: they do not make it another type.
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    /// <summary>The type as generated code writes it, without a trailing <c>?</c> for a reference type.</summary>
    public static string Qualified(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_String => "string",
        SpecialType.System_Boolean => "bool",
        _ => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Format),
    };

    /// <summary>The type as a message shows it.</summary>
    public static string Shown(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The <c>T</c> of <c>Nullable&lt;T&gt;</c>, or null for any other type.</summary>
    public static ITypeSymbol? UnwrapNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } value],
        }
            ? value
            : null;

    /// <summary>True where a type's namespace is exactly the given one.</summary>
    public static bool IsIn(INamedTypeSymbol type, params string[] space)
    {
        INamespaceSymbol? current = type.ContainingNamespace;
        for (int index = space.Length - 1; index >= 0; index--)
        {
            if (current is null || current.Name != space[index])
                return false;
            current = current.ContainingNamespace;
        }

        return current is { IsGlobalNamespace: true } && type.ContainingType is null;
    }
}
