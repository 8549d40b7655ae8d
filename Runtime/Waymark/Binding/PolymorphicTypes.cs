using System.Text.Json.Serialization.Metadata;

namespace Waymark.Binding;

/// <summary>Finds out whether JSON of a type chooses between types.</summary>
internal static class PolymorphicTypes
{
    /// <summary>True where the type, or one that can lie inside it, has a discriminator.</summary>
    /// <remarks>Asked after a failure only. Every type is visited once, so that a recursive one ends.</remarks>
    public static bool AreIn(JsonTypeInfo type)
    {
        var seen = new HashSet<Type> { type.Type };
        var waiting = new Stack<JsonTypeInfo>([type]);
        while (waiting.TryPop(out JsonTypeInfo? current))
        {
            if (current.PolymorphismOptions is not null)
                return true;
            Add(current.ElementType);
            foreach (JsonPropertyInfo property in current.Properties)
                Add(property.PropertyType);
        }

        return false;

        void Add(Type? inner)
        {
            if (inner is not null && seen.Add(inner) && type.Options.TryGetTypeInfo(inner, out JsonTypeInfo? found))
                waiting.Push(found);
        }
    }
}
