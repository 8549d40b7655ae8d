namespace Waymark.Generator.Model;

/// <summary>A type as its JSON shows it: what validation walks through and what a schema is written from.</summary>
/// <param name="Type">The type, qualified, without a trailing <c>?</c>.</param>
/// <param name="Name">Its name for people and for schemas: <c>User</c>, <c>PageOfUser</c>; not unique.</param>
/// <param name="Kind">What its JSON is.</param>
/// <param name="Format">The format of a string or number, such as <c>int32</c> or <c>uuid</c>; "" for none.</param>
/// <param name="Members">Of an object, in the order of its JSON, those of base types first.</param>
/// <param name="Element">The type of the items of an array or the values of a map, qualified; "" otherwise.</param>
/// <param name="IsElementNullable">True where items or values may be null.</param>
/// <param name="EnumNames">Of an enum that is written as text, as its JSON spells them.</param>
/// <param name="Discriminator">The member that tells derived types apart; "" where there are none.</param>
/// <param name="Derived">The derived types that the base type lists.</param>
/// <param name="IsValueType">True for structs and enums: they are never null.</param>
/// <param name="ValidateMethod">
/// The user's <c>static IEnumerable&lt;ValidationError&gt; Validate(T)</c>, qualified; "" where there is none.
/// </param>
internal sealed record TypeShape(
    string Type,
    string Name,
    ShapeKind Kind,
    string Format,
    EquatableArray<MemberShape> Members,
    string Element,
    bool IsElementNullable,
    EquatableArray<string> EnumNames,
    string Discriminator,
    EquatableArray<DerivedShape> Derived,
    bool IsValueType,
    string ValidateMethod)
{
    /// <summary>The types of the values below that validation looks at.</summary>
    public IEnumerable<string> ValidatedTypes()
    {
        foreach (MemberShape member in Members)
        {
            // What a converter of the member's own reads is not known to be an object.
            if (member.HasGetter && member.JsonType.Length == 0)
                yield return member.Type;
        }

        if (Element.Length > 0)
            yield return Element;
        foreach (DerivedShape derived in Derived)
            yield return derived.Type;
    }
}

/// <summary>One property or field in JSON.</summary>
/// <param name="Name">Its name in C#, without any <c>@</c>.</param>
/// <param name="JsonName">Its name in JSON, by attribute or by the naming policy of the context.</param>
/// <param name="Type">Its type, qualified, without a trailing <c>?</c>.</param>
/// <param name="IsNullable">True where null is a value.</param>
/// <param name="IsRequired">True where JSON must have it.</param>
/// <param name="IsReadOnly">True where it is written but not read.</param>
/// <param name="Rules">Its validation attributes.</param>
/// <param name="Default">Its default as JSON; "" where there is none.</param>
/// <param name="JsonType">
/// The shape of its JSON, by type, where the member says itself how it is written (a converter, a number as text): of
/// another type than <paramref name="Type"/>. "" where the shape of the type holds; see <see cref="ShapeOf"/>.
/// </param>
/// <param name="HasGetter">False where it is read but not written, and so cannot be looked at.</param>
internal sealed record MemberShape(
    string Name,
    string JsonName,
    string Type,
    bool IsNullable,
    bool IsRequired,
    bool IsReadOnly,
    EquatableArray<RuleModel> Rules,
    string Default,
    string JsonType = "",
    bool HasGetter = true)
{
    /// <summary>The <see cref="TypeShape.Type"/> of the shape that its JSON has.</summary>
    public string ShapeOf => JsonType.Length > 0 ? JsonType : Type;
}

/// <summary>A derived type and what its discriminator says.</summary>
/// <param name="Type">The type, qualified.</param>
/// <param name="Discriminator">As JSON: <c>"circle"</c> with its quotes, or a number; "" for none.</param>
internal sealed record DerivedShape(string Type, string Discriminator);

/// <summary>What the JSON of a type is.</summary>
internal enum ShapeKind
{
    /// <summary>Anything: <c>object</c>, <c>JsonElement</c>, types with a converter of their own.</summary>
    Any,
    Object,
    Array,
    Map,
    Enum,
    String,
    Integer,
    Number,
    Boolean,
}
