namespace Waymark.Generator.Extraction;

/// <summary>Metadata names of the types that the reading of a handler knows.</summary>
internal static class KnownNames
{
    public const string RouteNamespace = "Waymark";
    public const string CommandAttribute = "Waymark.CommandAttribute";
    public const string ConstraintAttribute = "Waymark.ConstraintAttribute";
    public const string JsonSerializableAttribute = "System.Text.Json.Serialization.JsonSerializableAttribute";

    /// <summary>Every method, in <c>[Route("*", …)]</c> and in the models.</summary>
    public const string EveryMethod = "*";

    /// <summary>
    /// The route attributes by metadata name, and the verb of each; "" for the one that is told its verb.
    /// </summary>
    public static readonly IReadOnlyList<(string MetadataName, string Verb)> VerbAttributes =
    [
        ("Waymark.GetAttribute", "GET"),
        ("Waymark.HeadAttribute", "HEAD"),
        ("Waymark.PostAttribute", "POST"),
        ("Waymark.PutAttribute", "PUT"),
        ("Waymark.DeleteAttribute", "DELETE"),
        ("Waymark.PatchAttribute", "PATCH"),
        ("Waymark.OptionsAttribute", "OPTIONS"),
        ("Waymark.WebSocketAttribute", "GET"),
        ("Waymark.RouteAttribute", ""),
    ];

    /// <summary>
    /// The verb of an attribute class in the namespace <c>Waymark</c>, by its simple name; "" for <c>[Route]</c>, null
    /// for a class that is not a route attribute.
    /// </summary>
    public static string? VerbOf(string attributeName)
    {
        const int start = 8; // The length of "Waymark."
        foreach ((string metadataName, string verb) in VerbAttributes)
        {
            if (metadataName.Length == start + attributeName.Length
                && string.CompareOrdinal(metadataName, start, attributeName, 0, attributeName.Length) == 0)
            {
                return verb;
            }
        }

        return null;
    }
}
