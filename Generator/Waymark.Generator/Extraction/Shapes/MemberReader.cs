using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>Reads the members of a type that its JSON has.</summary>
internal sealed class MemberReader(ShapeReader shapes, JsonOptions options)
{
    // System.Text.Json.Serialization.JsonIgnoreCondition
    private const int Always = 1;
    private const int WhenReading = 5;
    private const int WriteAsString = 2;

    /// <summary>The members in the order of the JSON.</summary>
    public EquatableArray<MemberShape> Read(INamedTypeSymbol type, List<Problem> problems)
    {
        IMethodSymbol? constructor = ConstructorOf(type);
        var members = new List<(int Order, MemberShape Member)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol declaring in HierarchyOf(type))
        {
            ImmutableArray<ISymbol> declared = declaring.GetMembers();
            IEnumerable<ISymbol> fields = declared.OfType<IFieldSymbol>();
            foreach (ISymbol member in declared.OfType<IPropertySymbol>().Concat(fields))
            {
                // Of two members with one name, the hidden or overridden one is behind.
                if (IsCandidate(member) && names.Add(member.Name)
                    && Read(member, constructor, problems) is { } read)
                {
                    members.Add(read);
                }
            }
        }

        // A stable sort: those without an order keep their place, as 0.
        return members.OrderBy(pair => pair.Order).Select(pair => pair.Member).ToEquatableArray();
    }

    /// <summary>True where an annotation or the lack of one lets null in.</summary>
    public static bool IsNullable(ITypeSymbol type) => type.IsValueType
        ? TypeNames.UnwrapNullable(type) is not null
        : type.NullableAnnotation != NullableAnnotation.NotAnnotated;

    private (int Order, MemberShape Member)? Read(ISymbol member, IMethodSymbol? constructor, List<Problem> problems)
    {
        ImmutableArray<AttributeData> attributes = member.GetAttributes();
        MemberAttributes said = MemberAttributes.Read(attributes);
        if (said.IgnoreCondition == Always || said.IsExtensionData)
            return null;
        (ITypeSymbol type, bool canRead, bool canWrite) = AccessOf(member, said.IsIncluded);
        if (!canRead && !canWrite)
            return null;
        if (type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return null;

        IParameterSymbol? parameter = ParameterOf(constructor, member.Name);
        bool isReadOnly = (!canWrite && parameter is null) || said.IgnoreCondition == WhenReading;
        if (isReadOnly && IsIgnoredWhenReadOnly(member) && said.IgnoreCondition is null)
            return null;
        string qualified = shapes.Add(type);
        var shape = new MemberShape(
            member.Name,
            said.Name ?? options.Policy.Convert(member.Name),
            qualified,
            IsNullable(type) || said.AllowsNull,
            said.IsRequired || IsRequired(member, parameter, constructor),
            isReadOnly,
            EquatableArray<RuleModel>.Empty,
            DefaultOf(member, parameter, type),
            JsonTypeOf(TypeNames.UnwrapNullable(type) ?? type, qualified, said),
            canRead);
        // Attributes of a record stand on the parameter as well as on the property. What cannot be read is not checked.
        IEnumerable<AttributeData> all = parameter is null ? attributes : attributes.Concat(parameter.GetAttributes());
        var target = new Lazy<RuleTarget>(() => RuleTarget.OfMember(type, shape.JsonName, member));
        return (said.Order, canRead ? shape with { Rules = RuleReader.Read(all, target, problems) } : shape);
    }

    private static IEnumerable<INamedTypeSymbol> HierarchyOf(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return type.AllInterfaces.Insert(0, type);
        var hierarchy = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType))
                hierarchy.Add(current);
        }

        return hierarchy;
    }

    private static bool IsCandidate(ISymbol member) => member switch
    {
        IPropertySymbol property => property is { IsStatic: false, IsIndexer: false }
            && property.ExplicitInterfaceImplementations.IsEmpty && property.Name != "EqualityContract",
        IFieldSymbol field => field is { IsStatic: false, IsConst: false, AssociatedSymbol: null },
        _ => false,
    };

    private (ITypeSymbol Type, bool CanRead, bool CanWrite) AccessOf(ISymbol member, bool isIncluded)
    {
        if (member is IFieldSymbol field)
        {
            bool isSeen = isIncluded
                ? IsAccessible(field)
                : options.IncludesFields && field.DeclaredAccessibility == Accessibility.Public;
            return (field.Type, isSeen, isSeen && !field.IsReadOnly);
        }

        var property = (IPropertySymbol)member;
        return (property.Type, IsUsable(property.GetMethod, isIncluded), IsUsable(property.SetMethod, isIncluded));
    }

    private static bool IsUsable(IMethodSymbol? accessor, bool isIncluded) => accessor is not null
        && (accessor.DeclaredAccessibility == Accessibility.Public || (isIncluded && IsAccessible(accessor)));

    private static bool IsAccessible(ISymbol symbol) => symbol.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private bool IsIgnoredWhenReadOnly(ISymbol member) =>
        member is IFieldSymbol ? options.IgnoresReadOnlyFields : options.IgnoresReadOnlyProperties;

    private static bool IsRequired(ISymbol member, IParameterSymbol? parameter, IMethodSymbol? constructor)
    {
        if (parameter is { HasExplicitDefaultValue: false })
            return true;
        bool hasKeyword = member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
        return hasKeyword && constructor?.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute") != true;
    }

    private string JsonTypeOf(ITypeSymbol type, string qualified, MemberAttributes said)
    {
        switch (said.Form)
        {
            case ConverterForm.EnumText:
                string text = shapes.AddEnumText(type);
                return text == qualified ? "" : text;
            case ConverterForm.OtherEnumText:
                return shapes.AddPlain("string", ShapeKind.String);
            case ConverterForm.EnumNumber when type is INamedTypeSymbol { EnumUnderlyingType: { } underlying }:
                return shapes.Add(underlying);
            case ConverterForm.None:
                bool isText = said.NumberHandling is { } handling && (handling & WriteAsString) != 0
                    && WellKnownTypes.Find(type) is { Kind: ShapeKind.Integer or ShapeKind.Number };
                return isText ? shapes.AddPlain("string", ShapeKind.String) : "";
            default:
                return shapes.AddPlain("object", ShapeKind.Any);
        }
    }

    private string DefaultOf(ISymbol member, IParameterSymbol? parameter, ITypeSymbol type)
    {
        object? value = null;
        if (parameter is { HasExplicitDefaultValue: true })
            value = parameter.ExplicitDefaultValue;
        else if (parameter is null && member is IPropertySymbol property)
            value = JsonLiterals.InitialValueOf(property);
        ITypeSymbol plain = TypeNames.UnwrapNullable(type) ?? type;
        if (value is not null && plain.TypeKind == TypeKind.Enum && shapes.FormOf(plain) == ConverterForm.EnumText)
            value = EnumForms.NameOf(plain, value);
        return JsonLiterals.Of(value) ?? "";
    }

    /// <summary>Names match but for case, as in the serializer.</summary>
    private static IParameterSymbol? ParameterOf(IMethodSymbol? constructor, string member)
    {
        if (constructor is null)
            return null;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (string.Equals(parameter.Name, member, StringComparison.OrdinalIgnoreCase))
                return parameter;
        }

        return null;
    }

    /// <summary>The constructor that JSON is read with; null for the one of a struct that takes nothing.</summary>
    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type)
    {
        IMethodSymbol? only = null;
        int count = 0;
        bool hasEmpty = false;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (JsonAttributes.Find(constructor.GetAttributes(), "JsonConstructorAttribute") is not null)
                return constructor;
            if (constructor.DeclaredAccessibility != Accessibility.Public)
                continue;
            if (constructor.Parameters.IsEmpty)
            {
                hasEmpty = true;
                continue;
            }

            only = constructor;
            count++;
        }

        // The one struct that the serializer builds by its constructor without being told.
        if (type.Name == "KeyValuePair" && TypeNames.IsIn(type, "System", "Collections", "Generic"))
            return only;
        return hasEmpty || count != 1 || type.IsValueType
            ? type.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty)
            : only;
    }
}
