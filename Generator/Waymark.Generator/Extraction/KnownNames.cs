namespace Waymark.Generator.Extraction;

/// <summary>Metadata names of the types that the reading of a handler knows.</summary>
internal static class KnownNames
{
    public const string RouteNamespace = "Waymark";
    public const string GroupAttribute = "Waymark.GroupAttribute";
    public const string JsonSerializableAttribute = "System.Text.Json.Serialization.JsonSerializableAttribute";
    public const string JsonSerializerContext = "System.Text.Json.Serialization.JsonSerializerContext";

    /// <summary>The verb attributes by metadata name, and the verb of each.</summary>
    public static readonly IReadOnlyList<(string MetadataName, string Verb)> VerbAttributes =
    [
        ("Waymark.GetAttribute", "GET"),
        ("Waymark.HeadAttribute", "HEAD"),
        ("Waymark.PostAttribute", "POST"),
        ("Waymark.PutAttribute", "PUT"),
        ("Waymark.DeleteAttribute", "DELETE"),
        ("Waymark.PatchAttribute", "PATCH"),
        ("Waymark.OptionsAttribute", "OPTIONS"),
    ];

    /// <summary>The verb of an attribute class in the namespace <c>Waymark</c>, by its simple name.</summary>
    public static string? VerbOf(string attributeName) => attributeName switch
    {
        "GetAttribute" => "GET",
        "HeadAttribute" => "HEAD",
        "PostAttribute" => "POST",
        "PutAttribute" => "PUT",
        "DeleteAttribute" => "DELETE",
        "PatchAttribute" => "PATCH",
        "OptionsAttribute" => "OPTIONS",
        _ => null,
    };
}
