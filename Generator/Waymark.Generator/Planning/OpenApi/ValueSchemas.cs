using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>The schemas of values that come as text: in the path, the query, header fields, cookies and
/// forms.</summary>
internal static class ValueSchemas
{
    /// <summary>What a <c>TimeSpan</c> looks like, which is no duration of RFC 3339.</summary>
    public const string TimeSpanPattern = @"^-?(?:\d+\.)?\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?$";

    private static readonly Dictionary<string, SchemaModel> Known = new(StringComparer.Ordinal)
    {
        ["bool"] = new() { Type = "boolean" },
        ["sbyte"] = Integer("", "-128", "127"),
        ["byte"] = Integer("", "0", "255"),
        ["short"] = Integer("", "-32768", "32767"),
        ["ushort"] = Integer("", "0", "65535"),
        ["int"] = Integer("int32"),
        ["uint"] = Integer("", "0", "4294967295"),
        ["long"] = Integer("int64"),
        ["ulong"] = Integer("", "0", "18446744073709551615"),
        ["nint"] = Integer("int64"),
        ["nuint"] = Integer("", "0", "18446744073709551615"),
        ["global::System.Int128"] = Integer(""),
        ["global::System.UInt128"] = Integer("", "0"),
        ["float"] = Text("number", "float"),
        ["double"] = Text("number", "double"),
        ["decimal"] = Text("number", ""),
        ["global::System.Half"] = Text("number", ""),
        ["char"] = new() { Type = "string", CountMin = 1, CountMax = 1 },
        ["global::System.Guid"] = Text("string", "uuid"),
        ["global::System.DateTime"] = Text("string", "date-time"),
        ["global::System.DateTimeOffset"] = Text("string", "date-time"),
        ["global::System.DateOnly"] = Text("string", "date"),
        ["global::System.TimeOnly"] = Text("string", "time-local"),
        ["global::System.TimeSpan"] =
            new() { Type = "string", Patterns = new[] { TimeSpanPattern }.ToEquatableArray() },
        ["global::System.Uri"] = Text("string", "uri-reference"),
    };

    /// <summary>The schema of a value or of a list of values.</summary>
    public static SchemaModel Of(ValueModel value)
    {
        SchemaModel one = OfOne(value);
        return value.Collection == CollectionKind.None ? one : new SchemaModel
        {
            Type = "array",
            Items = one,
            HasUniqueItems = false,
        };
    }

    private static SchemaModel OfOne(ValueModel value)
    {
        if (value.Kind == ValueKind.Enum)
            return new SchemaModel { Type = "string", Values = value.Names.Select(JsonLiteral.Of).ToEquatableArray() };
        return Known.TryGetValue(value.Type, out SchemaModel? known) ? known : Text("string", "");
    }

    private static SchemaModel Integer(string format, string minimum = "", string maximum = "") =>
        new() { Type = "integer", Format = format, Minimum = minimum, Maximum = maximum };

    private static SchemaModel Text(string type, string format) => new() { Type = type, Format = format };
}
