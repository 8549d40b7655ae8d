namespace Waymark.Generator.Model;

/// <summary>A <c>JsonSerializerContext</c> of the user's and the types its attributes list.</summary>
/// <param name="TypeName">The context, qualified with <c>global::</c>.</param>
/// <param name="SerializableTypes">
/// The listed types, qualified as <see cref="ResultModel.JsonType"/> is; sorted.
/// </param>
internal sealed record JsonContextModel(string TypeName, EquatableArray<string> SerializableTypes);
