using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.CompilerServices;

namespace Waymark.Binding;

/// <summary>Finds the <c>required</c> members that a JSON body lacks, once the serializer has refused it.</summary>
/// <remarks>
/// The serializer says of a missing member only where its object ends, in a sentence that names types of the program.
/// So the body is gone through once more beside the types' contracts: only refusals pay for it. A body that is not JSON
/// at all has no missing members: there the place of the mistake says more.
/// </remarks>
internal static class MissingMembers
{
    private const string Rule = "must not be missing";

    /// <summary>What is missing, with pointers from the body's root on; empty where nothing is.</summary>
    public static ValidationFindings Find(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        JsonSerializerOptions options = type.Options;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling == JsonCommentHandling.Disallow
                ? JsonCommentHandling.Disallow
                : JsonCommentHandling.Skip,
            MaxDepth = options.MaxDepth,
        });
        ValidationFindings found = default;
        try
        {
            reader.Read();
            Visit(ref reader, type, ref found);
            return found;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Goes through the value that the reader stands on, to its last token.</summary>
    private static void Visit(ref Utf8JsonReader reader, JsonTypeInfo? type, ref ValidationFindings found)
    {
        if (reader.TokenType == JsonTokenType.StartObject && type?.Kind == JsonTypeInfoKind.Object)
            VisitObject(ref reader, type, ref found);
        else if (reader.TokenType == JsonTokenType.StartObject && type?.Kind == JsonTypeInfoKind.Dictionary)
            VisitDictionary(ref reader, TypeOf(type.ElementType, type.Options), ref found);
        else if (reader.TokenType == JsonTokenType.StartArray && type?.Kind == JsonTypeInfoKind.Enumerable)
            VisitArray(ref reader, TypeOf(type.ElementType, type.Options), ref found);
        else
            reader.Skip();
    }

    private static void VisitObject(ref Utf8JsonReader reader, JsonTypeInfo type, ref ValidationFindings found)
    {
        // Which of several types an object is, only the serializer knows.
        if (type.PolymorphismOptions is not null)
        {
            reader.Skip();
            return;
        }

        IList<JsonPropertyInfo> members = type.Properties;
        Span<bool> isThere = members.Count <= 128 ? stackalloc bool[members.Count] : new bool[members.Count];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = IndexOf(ref reader, members, type.Options.PropertyNameCaseInsensitive);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            isThere[index] = true;
            int before = found.Count;
            Visit(ref reader, TypeOf(members[index].PropertyType, type.Options), ref found);
            found.Enter(before, members[index].Name);
        }

        for (int index = 0; index < members.Count; index++)
        {
            if (!members[index].IsRequired || isThere[index])
                continue;
            int before = found.Count;
            found.Add("", Rule);
            found.Enter(before, members[index].Name);
        }
    }

    private static void VisitDictionary(ref Utf8JsonReader reader, JsonTypeInfo? element, ref ValidationFindings found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            int before = found.Count;
            Visit(ref reader, element, ref found);
            found.Enter(before, key);
        }
    }

    private static void VisitArray(ref Utf8JsonReader reader, JsonTypeInfo? element, ref ValidationFindings found)
    {
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            int before = found.Count;
            Visit(ref reader, element, ref found);
            found.Enter(before, index);
        }
    }

    private static int IndexOf(ref Utf8JsonReader reader, IList<JsonPropertyInfo> members, bool ignoresCase)
    {
        string? name = ignoresCase ? reader.GetString() : null;
        for (int index = 0; index < members.Count; index++)
        {
            if (ignoresCase
                ? members[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                : reader.ValueTextEquals(members[index].Name))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The contract of a type; null where the program's contexts have none.</summary>
    private static JsonTypeInfo? TypeOf(Type? type, JsonSerializerOptions options) =>
        type is not null && options.TryGetTypeInfo(type, out JsonTypeInfo? found) ? found : null;
}
