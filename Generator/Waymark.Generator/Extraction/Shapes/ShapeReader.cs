using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>
/// Reads what the JSON of the types of one context looks like, as the generator of System.Text.Json would see them.
/// </summary>
/// <remarks>
/// Runs at every edit, because a type may be declared in any file. So nothing is named twice: the name of a type costs
/// more than the rest of it. A queue and not recursion: types may lead to each other and to themselves.
/// </remarks>
internal sealed class ShapeReader
{
    /// <summary>A generic type may lead to ever deeper ones of itself: deeper ones are anything.</summary>
    private const int GenericDepthMax = 8;

    private static readonly SymbolEqualityComparer Comparer = SymbolEqualityComparer.Default;

    private readonly JsonOptions _options;
    private readonly MemberReader _members;
    private readonly Dictionary<ITypeSymbol, string> _names = new(Comparer);
    private readonly Queue<ITypeSymbol> _pending = new();
    private readonly SortedDictionary<string, TypeShape> _shapes = new(StringComparer.Ordinal);

    private ShapeReader(JsonOptions options)
    {
        _options = options;
        _members = new MemberReader(this, options);
    }

    /// <summary>The shapes of the listed types and of all that they lead to.</summary>
    /// <param name="attributes">The attributes of the context.</param>
    /// <param name="listed">The types that it lists, in any order.</param>
    /// <param name="problems">Gets what is wrong with validation attributes.</param>
    public static EquatableArray<TypeShape> Read(
        ImmutableArray<AttributeData> attributes, IReadOnlyList<ITypeSymbol> listed, List<Problem> problems)
    {
        var reader = new ShapeReader(JsonOptions.Read(attributes));
        foreach (ITypeSymbol type in listed)
            reader.Add(type);
        while (reader._pending.Count > 0)
            reader.Read(reader._pending.Dequeue(), problems);
        return reader._shapes.Values.ToEquatableArray();
    }

    /// <summary>Sees to it that a type has a shape, and names it.</summary>
    public string Add(ITypeSymbol type)
    {
        type = TypeNames.UnwrapNullable(type) ?? type;
        if (_names.TryGetValue(type, out string? name))
            return name;
        name = TypeNames.Qualified(type);
        _names.Add(type, name);
        _pending.Enqueue(type);
        return name;
    }

    /// <summary>The shape of an enum as text where the type itself is a number; its own otherwise.</summary>
    public string AddEnumText(ITypeSymbol type)
    {
        string name = Add(type);
        if (FormOf(type) == ConverterForm.EnumText)
            return name;
        TypeShape shape = EnumText(type, name);
        string key = name + " as text";
        _shapes[key] = shape with { Type = key };
        return key;
    }

    /// <summary>The shape of a type without members or elements: <c>string</c>, <c>object</c>.</summary>
    public string AddPlain(string type, ShapeKind kind)
    {
        _shapes[type] = Plain(type, type, kind, "", isValueType: false);
        return type;
    }

    public ConverterForm FormOf(ITypeSymbol type)
    {
        // Options are asked after the attribute, as the serializer does.
        foreach (AttributeData attribute in type.GetAttributes())
        {
            ConverterForm form = EnumForms.FormOf(attribute);
            if (form != ConverterForm.None)
                return form;
        }

        return EnumForms.FormOf(_options, type);
    }

    private void Read(ITypeSymbol type, List<Problem> problems)
    {
        string name = _names[type];
        _shapes[name] = ShapeOf(type, name, problems);
    }

    private TypeShape ShapeOf(ITypeSymbol type, string qualified, List<Problem> problems)
    {
        string name = ShapeNames.Of(type);
        bool isValueType = type.IsValueType;
        // The serializer's own types have no attribute of its own, and are most of what members are.
        (ShapeKind Kind, string Format)? known = WellKnownTypes.Find(type);
        ConverterForm form = known is null || _options.Converters.Length > 0 ? FormOf(type) : ConverterForm.None;
        if (form is ConverterForm.Unknown || IsUnreadable(type))
            return Plain(qualified, name, ShapeKind.Any, "", isValueType);
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
            return ShapeOfEnum(type, qualified, form, underlying);
        if (known is { } value)
        {
            bool isText = _options.WritesNumbersAsText && value.Kind is ShapeKind.Integer or ShapeKind.Number;
            return Plain(qualified, name, isText ? ShapeKind.String : value.Kind, value.Format, isValueType);
        }

        string method = ValidateMethod.Of(type);
        if (Collections.Find(type) is { } collection)
        {
            string element = collection.Element is { } item ? Add(item) : AddPlain("object", ShapeKind.Any);
            bool isElementNullable = collection.Element is null || MemberReader.IsNullable(collection.Element);
            return Plain(qualified, name, collection.Kind, "", isValueType) with
            {
                Element = element,
                IsElementNullable = isElementNullable,
                ValidateMethod = method,
            };
        }

        if (type is not INamedTypeSymbol named)
            return Plain(qualified, name, ShapeKind.Any, "", isValueType);
        // The names of a tuple's elements are the compiler's: JSON has Item1.
        named = named.TupleUnderlyingType ?? named;
        (string discriminator, EquatableArray<DerivedShape> derived) = DerivedOf(named);
        return Plain(qualified, name, ShapeKind.Object, "", isValueType) with
        {
            Members = _members.Read(named, problems),
            Discriminator = discriminator,
            Derived = derived,
            ValidateMethod = method,
        };
    }

    private TypeShape ShapeOfEnum(ITypeSymbol type, string qualified, ConverterForm form, INamedTypeSymbol underlying)
    {
        switch (form)
        {
            case ConverterForm.EnumText:
                return EnumText(type, qualified);
            case ConverterForm.OtherEnumText:
                return Plain(qualified, type.Name, ShapeKind.String, "", isValueType: true);
            default:
                // What the options say of numbers in quotes does not hold for enums.
                (ShapeKind kind, string format) = WellKnownTypes.Find(underlying) ?? (ShapeKind.Integer, "");
                return Plain(qualified, type.Name, kind, format, isValueType: true);
        }
    }

    /// <summary>Flags are written as a list in one text, so that their names are not all that there can be.</summary>
    private static TypeShape EnumText(ITypeSymbol type, string qualified) => EnumForms.IsFlags(type)
        ? Plain(qualified, type.Name, ShapeKind.String, "", isValueType: true)
        : Plain(qualified, type.Name, ShapeKind.Enum, "", isValueType: true) with
        {
            EnumNames = EnumForms.NamesOf(type),
        };

    private (string Discriminator, EquatableArray<DerivedShape> Derived) DerivedOf(INamedTypeSymbol type)
    {
        string discriminator = "$type";
        var derived = new List<DerivedShape>();
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (JsonAttributes.Is(attribute, "JsonPolymorphicAttribute"))
            {
                discriminator = JsonAttributes.Named<string?>(attribute, "TypeDiscriminatorPropertyName", null)
                    ?? discriminator;
            }
            else if (JsonAttributes.Is(attribute, "JsonDerivedTypeAttribute")
                && attribute.ConstructorArguments is [{ Value: ITypeSymbol other }, ..])
            {
                object? value = attribute.ConstructorArguments is [_, { } told] ? told.Value : null;
                derived.Add(new DerivedShape(Add(other), JsonLiterals.Of(value) ?? ""));
            }
        }

        bool isTold = derived.Exists(shape => shape.Discriminator.Length > 0);
        return (isTold ? discriminator : "", derived.ToEquatableArray());
    }

    private static bool IsUnreadable(ITypeSymbol type) =>
        type.IsRefLikeType
        || type.TypeKind is TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate
            or TypeKind.Dynamic or TypeKind.TypeParameter
        || GenericDepth(type) > GenericDepthMax;

    private static int GenericDepth(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return 1 + GenericDepth(array.ElementType);
        int depth = 0;
        if (type is INamedTypeSymbol { TypeArguments.Length: > 0 } named)
        {
            foreach (ITypeSymbol argument in named.TypeArguments)
                depth = Math.Max(depth, 1 + GenericDepth(argument));
        }

        return depth;
    }

    private static TypeShape Plain(string type, string name, ShapeKind kind, string format, bool isValueType) => new(
        type,
        name,
        kind,
        format,
        EquatableArray<MemberShape>.Empty,
        Element: "",
        IsElementNullable: false,
        EquatableArray<string>.Empty,
        Discriminator: "",
        EquatableArray<DerivedShape>.Empty,
        isValueType,
        ValidateMethod: "");
}
