namespace Waymark.Generator.Model;

/// <summary>A <c>JsonSerializerContext</c> of the user's and the types its attributes list.</summary>
/// <param name="TypeName">The context, qualified with <c>global::</c>.</param>
/// <param name="SerializableTypes">
/// The listed types, qualified as <see cref="ResultCase.JsonType"/> is; sorted.
/// </param>
/// <param name="Shapes">
/// The listed types and all that their members lead to, as the options of this context write them; sorted by type.
/// </param>
/// <param name="Problems">What is wrong with validation attributes on these types: WM2021.</param>
internal sealed record JsonContextModel(
    string TypeName,
    EquatableArray<string> SerializableTypes,
    EquatableArray<TypeShape> Shapes,
    EquatableArray<Problem> Problems = default);
