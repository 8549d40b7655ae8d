using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Waymark.Wire.Routes;

/// <summary>Attributes of properties that a constructor fills, and JSON that names its type.</summary>
internal static class MemberRoutes
{
    [Get("/members")]
    internal static string Members(Paging paging) => $"{paging.Page} {paging.Token} {string.Join(',', paging.Tags)}";

    [Post("/pets")]
    internal static string Pets(Kennel kennel) => $"{kennel.Pets.Count}";
}

[Bind]
internal sealed record Paging(
    [property: Query("tag")] IReadOnlyList<string> Tags,
    [property: Range(1, 9)] int Page = 1,
    [property: Header("X-Token")] string? Token = null);

internal sealed record Kennel(List<Pet> Pets);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dog), "dog")]
internal abstract record Pet;

internal sealed record Dog(string Name) : Pet;

[JsonSerializable(typeof(Kennel))]
internal sealed partial class KennelJson : JsonSerializerContext;
