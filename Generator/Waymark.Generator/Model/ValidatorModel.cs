namespace Waymark.Generator.Model;

/// <summary>What validates one type: a method in the class <c>Validators</c>.</summary>
/// <param name="Name">What its methods are called after: <c>User</c> for <c>Check_User</c>.</param>
/// <param name="Shape">The type.</param>
/// <param name="IsRoot">True where a handler takes the type as its body.</param>
/// <param name="Members">Those that are looked at, in the order of the JSON.</param>
/// <param name="ElementCheck">The name of what validates items or values; "" where nothing does.</param>
/// <param name="IsElementValueType">True where items or values are structs.</param>
/// <param name="Derived">Derived types that have a validator of their own, with its name.</param>
internal sealed record ValidatorModel(
    string Name,
    TypeShape Shape,
    bool IsRoot,
    EquatableArray<ValidatedMember> Members,
    string ElementCheck,
    bool IsElementValueType,
    EquatableArray<DerivedCheck> Derived);

/// <summary>A member that is looked at.</summary>
/// <param name="Member">The member with its rules.</param>
/// <param name="Value">What its value is, for the rules.</param>
/// <param name="Check">The name of what validates its value; "" where only rules do.</param>
internal sealed record ValidatedMember(MemberShape Member, CheckedValue Value, string Check);

/// <summary>A derived type that is validated as what it is.</summary>
/// <param name="Type">The type, qualified.</param>
/// <param name="Check">The name of what validates it.</param>
internal sealed record DerivedCheck(string Type, string Check);

/// <summary>What rules are asked of.</summary>
/// <param name="Type">The type, qualified, without a trailing <c>?</c>.</param>
/// <param name="Kind">What its JSON is; <see cref="ShapeKind.Array"/> and <see cref="ShapeKind.Map"/> have items.
/// </param>
/// <param name="Element">The type of the items as C# writes it, null included; "" where there are none.</param>
/// <param name="CanBeNull">True for references and for <c>Nullable&lt;T&gt;</c>.</param>
internal sealed record CheckedValue(string Type, ShapeKind Kind, string Element, bool CanBeNull);
