using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>What a converter makes of a type.</summary>
internal enum ConverterForm
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>An enum as the names of its members.</summary>
    EnumText,

    /// <summary>An enum as text that only its converter knows.</summary>
    OtherEnumText,

    /// <summary>An enum as a number.</summary>
    EnumNumber,

    /// <summary>Anything.</summary>
    Unknown,
}

/// <summary>Converters and the forms of enums.</summary>
internal static class EnumForms
{
    /// <summary>What a converter type makes of what it converts.</summary>
    public static ConverterForm FormOf(INamedTypeSymbol converter)
    {
        if (JsonAttributes.IsOfJson(converter))
        {
            return converter.Name switch
            {
                "JsonStringEnumConverter" => ConverterForm.EnumText,
                "JsonNumberEnumConverter" => ConverterForm.EnumNumber,
                _ => ConverterForm.Unknown,
            };
        }

        // A subclass hands a naming policy to its base, which no attribute tells.
        for (INamedTypeSymbol? type = converter.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name == "JsonStringEnumConverter" && JsonAttributes.IsOfJson(type))
                return ConverterForm.OtherEnumText;
        }

        return ConverterForm.Unknown;
    }

    /// <summary>The form of <c>[JsonConverter(typeof(…))]</c> or of an attribute derived from it.</summary>
    public static ConverterForm FormOf(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (type.Name != "JsonConverterAttribute" || !JsonAttributes.IsOfJson(type))
                continue;
            return attribute.ConstructorArguments is [{ Value: INamedTypeSymbol converter }]
                ? FormOf(converter)
                : ConverterForm.Unknown;
        }

        return ConverterForm.None;
    }

    /// <summary>What the converters of the options make of a type.</summary>
    public static ConverterForm FormOf(JsonOptions options, ITypeSymbol type)
    {
        foreach (INamedTypeSymbol converter in options.Converters)
        {
            ConverterForm form = FormOf(converter);
            bool isForEnums = form is ConverterForm.EnumText or ConverterForm.OtherEnumText or ConverterForm.EnumNumber;
            if (isForEnums && converter is { Arity: 0, BaseType.Arity: 0 } && type.TypeKind == TypeKind.Enum)
                return form;
            if (Converts(converter, type))
                return form;
        }

        bool isText = type.TypeKind == TypeKind.Enum && options.WritesEnumsAsText;
        return isText ? ConverterForm.EnumText : ConverterForm.None;
    }

    /// <summary>The names of an enum's members, as JSON spells them.</summary>
    public static EquatableArray<string> NamesOf(ITypeSymbol type)
    {
        var names = new List<string>();
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field)
                names.Add(NameOf(field));
        }

        return names.Distinct(StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>The name of the member with a value; null where none has it.</summary>
    public static string? NameOf(ITypeSymbol type, object value)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, value))
                return NameOf(field);
        }

        return null;
    }

    public static bool IsFlags(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "FlagsAttribute" } known && TypeNames.IsIn(known, "System"));

    private static string NameOf(IFieldSymbol field) =>
        JsonAttributes.TextOf(JsonAttributes.Find(field.GetAttributes(), "JsonStringEnumMemberNameAttribute"))
        ?? field.Name;

    private static bool Converts(INamedTypeSymbol converter, ITypeSymbol type)
    {
        for (INamedTypeSymbol? current = converter; current is not null; current = current.BaseType)
        {
            bool isTyped = current.Name is "JsonConverter" or "JsonStringEnumConverter" or "JsonNumberEnumConverter"
                && JsonAttributes.IsOfJson(current);
            if (isTyped && current.TypeArguments is [{ } converted]
                && SymbolEqualityComparer.Default.Equals(converted, type))
            {
                return true;
            }
        }

        return false;
    }
}
