using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Puts together what several routes of one path say.</summary>
internal static class SchemaChoice
{
    /// <summary>A schema that holds where one of the two does.</summary>
    public static SchemaModel Either(SchemaModel first, SchemaModel second)
    {
        if (first.Equals(second))
            return first;
        IEnumerable<SchemaModel> choices = first is { IsAnyOf: true, Discriminator: "", Reference: "" }
            ? first.Choices
            : [first];
        return new SchemaModel { Choices = choices.Concat([second]).Distinct().ToEquatableArray(), IsAnyOf = true };
    }

    /// <summary>The contents of both; of one media type, either.</summary>
    public static EquatableArray<ContentDocument> Merge(
        EquatableArray<ContentDocument> first, EquatableArray<ContentDocument> second)
    {
        List<ContentDocument> merged = first.ToList();
        foreach (ContentDocument content in second)
        {
            int index = merged.FindIndex(known => known.MediaType == content.MediaType);
            if (index < 0)
                merged.Add(content);
            else if (merged[index].Schema is { } known && content.Schema is { } added)
                merged[index] = content with { Schema = Either(known, added) };
            else
                merged[index] = content with { Schema = null };
        }

        return merged.ToEquatableArray();
    }
}
