using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Generator.Extraction;

/// <summary>The arguments of an attribute as C# source, of exactly the type that they have in the attribute.</summary>
/// <remarks>
/// The type matters: a constructor may take <c>object</c>, or have overloads that a constant of another type would
/// choose.
/// </remarks>
internal static class ConstantText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A constant, an array of them, a type, or null.</summary>
    public static string Of(TypedConstant constant)
    {
        if (constant.IsNull)
            return $"({(constant.Type is { } type ? TypeNames.Qualified(type) : "object")})null";
        return constant.Kind switch
        {
            TypedConstantKind.Array => OfArray(constant),
            TypedConstantKind.Type => $"typeof({TypeNames.Qualified((ITypeSymbol)constant.Value!)})",
            TypedConstantKind.Enum => OfEnum((INamedTypeSymbol)constant.Type!, constant.Value!),
            _ => OfPrimitive(constant.Value!),
        };
    }

    /// <summary>What of a constant generated code cannot name; null where it can name all of it.</summary>
    public static string? FindHidden(TypedConstant constant)
    {
        if (constant.Type is { } type && HandlerReader.HiddenType(type) is { } hidden)
            return hidden.Name;
        if (constant.IsNull)
            return null;
        if (constant.Kind == TypedConstantKind.Array)
            return constant.Values.Select(FindHidden).FirstOrDefault(found => found is not null);
        if (constant.Kind != TypedConstantKind.Type)
            return null;
        return FindHidden((ITypeSymbol)constant.Value!);
    }

    /// <summary>A pointer can be named only where the project allows unsafe code.</summary>
    private static string? FindHidden(ITypeSymbol named) => named switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => TypeNames.Shown(named),
        IArrayTypeSymbol array => FindHidden(array.ElementType),
        _ => HandlerReader.HiddenType(named)?.Name,
    };

    private static string OfArray(TypedConstant array)
    {
        string type = TypeNames.Qualified(array.Type!);
        return array.Values.IsEmpty
            ? $"new {type} {{ }}"
            : $"new {type} {{ {string.Join(", ", array.Values.Select(Of))} }}";
    }

    private static string OfEnum(INamedTypeSymbol type, object value)
    {
        string name = TypeNames.Qualified(type);
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
        {
            // The members of an enum come in the order of the source: of two alike, the first one is taken.
            if (member.HasConstantValue && member.ConstantValue!.Equals(value))
                return $"{name}.{Escaped(member.Name)}";
        }

        return $"({name})({((IFormattable)value).ToString(null, Culture)})";
    }

    private static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string OfPrimitive(object value) => value switch
    {
        sbyte or byte or short or ushort =>
            $"({TypeOf(value)})({((IFormattable)value).ToString(null, Culture)})",
        uint number => number.ToString(Culture) + "U",
        long number => number.ToString(Culture) + "L",
        ulong number => number.ToString(Culture) + "UL",
        _ => DefaultText.Spell(value),
    };

    private static string TypeOf(object value) => value switch
    {
        sbyte => "sbyte",
        byte => "byte",
        short => "short",
        _ => "ushort",
    };
}
