using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Decides how text becomes a value of a type: the best parser that the type has.</summary>
/// <remarks>
/// In this order: parsers of the runtime, <c>IUtf8SpanParsable</c>, <c>ISpanParsable</c>, <c>IParsable</c>,
/// <c>TryParse</c>, the names of an enum; arrays and lists of all these.
/// </remarks>
internal static class ValueReader
{
    /// <summary>Reads a type without its <c>?</c>; null where text cannot become one.</summary>
    public static ValueModel? Read(ITypeSymbol type)
    {
        (ITypeSymbol element, CollectionKind collection) = ElementOf(type);
        if (collection == CollectionKind.None)
            return ReadOne(type);
        return ReadOne(element) is { Kind: not (ValueKind.Utf8Span or ValueKind.CharacterSpan) } item
            ? item with { Collection = collection }
            : null;
    }

    private static ValueModel? ReadOne(ITypeSymbol type)
    {
        if (ReadSpan(type) is { } span)
            return span;
        if (type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error)
            return null;
        if (RuntimeParserOf(type) is { } parser)
            return Of(ValueKind.Runtime, type, parser);
        if (type.TypeKind == TypeKind.Enum)
            return Of(ValueKind.Enum, type, "") with { Names = NamesOf(type) };
        if (type is not INamedTypeSymbol named)
            return null;
        foreach ((string contract, string generic) in Contracts)
        {
            if (named.AllInterfaces.Any(candidate => Parses(candidate, contract, named)))
                return Of(ValueKind.Runtime, type, $"Wm::{generic}<{TypeNames.Qualified(type)}>");
        }

        return TryParseOf(named) is { } kind ? Of(kind, type, "") : null;
    }

    private static readonly (string Interface, string Parser)[] Contracts =
    [
        ("IUtf8SpanParsable", "Utf8ParsableParser"),
        ("ISpanParsable", "SpanParsableParser"),
        ("IParsable", "ParsableParser"),
    ];

    private static ValueModel Of(ValueKind kind, ITypeSymbol type, string parser) =>
        new(kind, TypeNames.Qualified(type), parser, EquatableArray<string>.Empty, CollectionKind.None);

    private static ValueModel? ReadSpan(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments: [{ } item] } span
            || !TypeNames.IsIn(span, "System"))
            return null;
        return item.SpecialType switch
        {
            SpecialType.System_Byte => Of(ValueKind.Utf8Span, type, ""),
            SpecialType.System_Char => Of(ValueKind.CharacterSpan, type, ""),
            _ => null,
        };
    }

    private static string? RuntimeParserOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => "Wm::Int32Parser",
        SpecialType.System_Int64 => "Wm::Int64Parser",
        SpecialType.System_String => "Wm::TextParser",
        SpecialType.System_Boolean => "Wm::BooleanParser",
        SpecialType.System_Char => "Wm::CharacterParser",
        SpecialType.System_DateTime => "Wm::DateTimeParser",
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_IntPtr
            or SpecialType.System_UIntPtr => $"Wm::IntegerParser<{TypeNames.Qualified(type)}>",
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal =>
            $"Wm::FractionParser<{TypeNames.Qualified(type)}>",
        _ => type is INamedTypeSymbol { Arity: 0 } named && TypeNames.IsIn(named, "System")
            ? SystemParserOf(named)
            : null,
    };

    private static string? SystemParserOf(INamedTypeSymbol type) => type.Name switch
    {
        "Guid" => "Wm::GuidParser",
        "DateTimeOffset" => "Wm::DateTimeOffsetParser",
        "DateOnly" => "Wm::DateOnlyParser",
        "TimeOnly" => "Wm::TimeOnlyParser",
        "TimeSpan" => "Wm::TimeSpanParser",
        "Uri" => "Wm::UriParser",
        "Half" => "Wm::FractionParser<global::System.Half>",
        "Int128" => "Wm::IntegerParser<global::System.Int128>",
        "UInt128" => "Wm::IntegerParser<global::System.UInt128>",
        _ => null,
    };

    private static bool Parses(INamedTypeSymbol candidate, string contract, INamedTypeSymbol type) =>
        candidate.Name == contract && candidate.TypeArguments is [{ } self]
        && TypeNames.IsIn(candidate, "System") && SymbolEqualityComparer.Default.Equals(self, type);

    private static EquatableArray<string> NamesOf(ITypeSymbol type) => type.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(field => field.IsConst)
        .Select(field => field.Name)
        .ToEquatableArray();

    /// <summary>The best <c>static bool TryParse</c> that generated code can call; null where there is none.</summary>
    private static ValueKind? TryParseOf(INamedTypeSymbol type)
    {
        ValueKind? best = null;
        foreach (IMethodSymbol method in type.GetMembers("TryParse").OfType<IMethodSymbol>())
        {
            if (!method.IsStatic || method.IsGenericMethod
                || method.ReturnType.SpecialType != SpecialType.System_Boolean
                || method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)
                || method.Parameters.Length < 2 || !IsOut(method.Parameters[method.Parameters.Length - 1], type))
                continue;
            ValueKind? kind = KindOf(method);
            if (kind is not null && (best is null || Preference(kind.Value) < Preference(best.Value)))
                best = kind;
        }

        return best;
    }

    private static int Preference(ValueKind kind) => kind switch
    {
        ValueKind.TryParseUtf8 => 0,
        ValueKind.TryParseTextInvariant => 1,
        _ => 2,
    };

    private static ValueKind? KindOf(IMethodSymbol method)
    {
        ITypeSymbol text = method.Parameters[0].Type;
        if (method.Parameters.Length == 2)
        {
            if (text.SpecialType == SpecialType.System_String)
                return ValueKind.TryParseText;
            return ReadSpan(text) is { Kind: ValueKind.Utf8Span } ? ValueKind.TryParseUtf8 : null;
        }

        return method.Parameters.Length == 3 && text.SpecialType == SpecialType.System_String
            && method.Parameters[1].Type is INamedTypeSymbol { Name: "IFormatProvider" } provider
            && TypeNames.IsIn(provider, "System")
                ? ValueKind.TryParseTextInvariant
                : null;
    }

    private static bool IsOut(IParameterSymbol parameter, INamedTypeSymbol type) =>
        parameter.RefKind == RefKind.Out && SymbolEqualityComparer.Default.Equals(parameter.Type, type);

    private static (ITypeSymbol Element, CollectionKind Collection) ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return (array.ElementType, CollectionKind.Array);
        if (type is not INamedTypeSymbol { TypeArguments: [{ } element] } named)
            return (type, CollectionKind.None);
        if (TypeNames.IsIn(named, "System", "Collections", "Immutable") && named.Name == "ImmutableArray")
            return (element, CollectionKind.ImmutableArray);
        if (!TypeNames.IsIn(named, "System", "Collections", "Generic"))
            return (type, CollectionKind.None);
        return named.Name switch
        {
            "List" => (element, CollectionKind.List),
            "HashSet" or "ISet" or "IReadOnlySet" => (element, CollectionKind.HashSet),
            "IEnumerable" or "ICollection" or "IList" or "IReadOnlyCollection" or "IReadOnlyList" =>
                (element, CollectionKind.Array),
            _ => (type, CollectionKind.None),
        };
    }
}
