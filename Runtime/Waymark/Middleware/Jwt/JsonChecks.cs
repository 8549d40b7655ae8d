using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Waymark.Middleware;

/// <summary>Judges JSON that comes from outside before anything of it is believed.</summary>
internal static class JsonChecks
{
    /// <summary>Deeper than any token or key set is.</summary>
    private const int DepthMax = 16;

    public static JsonReaderOptions Strict => new() { MaxDepth = DepthMax };

    /// <summary>
    /// Reads an object: nothing stands behind it, every text is Unicode, and no member stands twice in any object,
    /// since of two the one reader takes the first and the other the last (RFC 7519 section 4, RFC 7515 section 4).
    /// </summary>
    public static bool TryParseObject(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonElement? value)
    {
        value = null;
        try
        {
            if (!HasDistinctNames(json))
                return false;
            var reader = new Utf8JsonReader(json, Strict);
            value = JsonElement.ParseValue(ref reader);
            return value.Value.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no Unicode.
            value = null;
            return false;
        }
    }

    private static bool HasDistinctNames(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Strict);
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when !open.Peek().Add(reader.GetString()!):
                    return false;
                case JsonTokenType.String:
                    reader.GetString();
                    break;
            }
        }

        return true;
    }
}
