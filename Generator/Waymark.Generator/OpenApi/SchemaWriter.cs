using System.Globalization;
using Waymark.Generator.Model;

namespace Waymark.Generator.OpenApi;

/// <summary>Writes schemas: JSON Schema 2020-12 for OpenAPI 3.1, the dialect of its own for 3.0.</summary>
/// <remarks>
/// In 3.0 a reference stands alone, null is a keyword of its own beside a type, a bound is exclusive by a second
/// keyword, and there are neither constants nor media types of content.
/// </remarks>
internal sealed class SchemaWriter(JsonText json, bool isV30)
{
    private const string Prefix = "#/components/schemas/";

    public void Write(SchemaModel schema)
    {
        json.Open('{');
        if (schema.Reference.Length > 0)
            WriteReference(schema);
        else if (schema.Choices.Count > 0)
            WriteChoices(schema);
        else
            WriteType(schema);
        WriteNotes(schema);
        json.Close('}');
    }

    /// <summary>A member that refers to a schema.</summary>
    public static string ReferenceTo(string name) => Prefix + name;

    private void WriteReference(SchemaModel schema)
    {
        bool isAlone = schema with { Reference = "", Type = "" } == SchemaModel.Anything;
        if (schema.IsNullable && !isV30)
        {
            json.Name("oneOf").Open('[');
            OpenReference(schema.Reference);
            WriteNullType();
            json.Close(']');
        }
        else if (isV30 && !isAlone)
        {
            // What stands beside a reference is not looked at in 3.0, so that it goes into a list of its own. That null
            // is let in so is a convention that every tool follows: the letter of 3.0.3 asks both of the list's
            // schemas.
            if (schema.IsNullable)
            {
                json.Member("type", schema.Type);
                json.Flag("nullable", true);
            }

            json.Name("allOf").Open('[');
            OpenReference(schema.Reference);
            json.Close(']');
        }
        else
        {
            json.Member("$ref", ReferenceTo(schema.Reference));
        }

        WriteValues(schema with { IsNullable = false });
        WriteBounds(schema);
    }

    private void OpenReference(string name)
    {
        json.Open('{');
        json.Member("$ref", ReferenceTo(name));
        json.Close('}');
    }

    private void WriteNullType()
    {
        json.Open('{');
        json.Member("type", "null");
        json.Close('}');
    }

    private void WriteChoices(SchemaModel schema)
    {
        if (schema.IsNullable && isV30)
        {
            json.Member("type", schema.Type);
            json.Flag("nullable", true);
        }

        json.Name(schema.IsAnyOf ? "anyOf" : "oneOf").Open('[');
        foreach (SchemaModel choice in schema.Choices)
            Write(choice);
        if (schema.IsNullable && !isV30)
            WriteNullType();
        json.Close(']');
        if (schema.Discriminator.Length == 0)
            return;
        json.Name("discriminator").Open('{');
        json.Member("propertyName", schema.Discriminator);
        json.Name("mapping").Open('{');
        foreach (NamedText mapping in schema.Mapping)
            json.Name(Unquoted(mapping.Name)).Text(ReferenceTo(mapping.Text));
        json.Close('}');
        json.Close('}');
    }

    private void WriteType(SchemaModel schema)
    {
        if (schema.Type.Length > 0)
        {
            if (schema.IsNullable && !isV30)
                json.Name("type").List([JsonText.Quoted(schema.Type), "\"null\""]);
            else
                json.Member("type", schema.Type);
            json.Flag("nullable", isV30 && schema.IsNullable);
        }

        WriteFormat(schema);
        WriteValues(schema);
        WriteBounds(schema);
        WriteMembers(schema);
    }

    private void WriteFormat(SchemaModel schema)
    {
        if (isV30)
        {
            json.Member("format", schema.IsBase64 ? "byte" : schema.IsBinary ? "binary" : schema.Format);
            return;
        }

        json.Member("format", schema.Format);
        json.Member("contentEncoding", schema.IsBase64 ? "base64" : "");
        json.Member("contentMediaType", schema.IsBinary ? "application/octet-stream" : "");
    }

    private void WriteValues(SchemaModel schema)
    {
        if (schema.Values.Count == 1 && !isV30 && !schema.IsNullable)
        {
            json.Name("const").Raw(schema.Values[0]);
        }
        else if (schema.Values.Count > 0)
        {
            bool addsNull = schema.IsNullable && !schema.Values.Contains("null");
            json.Name("enum").List(addsNull ? schema.Values.Concat(["null"]) : schema.Values);
        }

        if (schema.DeniedValues.Count == 0)
            return;
        json.Name("not").Open('{');
        json.Name("enum").List(schema.DeniedValues);
        json.Close('}');
    }

    private void WriteBounds(SchemaModel schema)
    {
        WriteBound("minimum", "exclusiveMinimum", schema.Minimum, schema.IsMinimumExclusive);
        WriteBound("maximum", "exclusiveMaximum", schema.Maximum, schema.IsMaximumExclusive);
        string counted = schema.Type switch
        {
            "array" => "Items",
            "object" => "Properties",
            _ => "Length",
        };
        if (schema.CountMin is { } min)
            json.Name("min" + counted).Raw(min.ToString(CultureInfo.InvariantCulture));
        if (schema.CountMax is { } max)
            json.Name("max" + counted).Raw(max.ToString(CultureInfo.InvariantCulture));
        if (schema.Patterns.Count == 0)
            return;
        json.Member("pattern", schema.Patterns[0]);
        if (schema.Patterns.Count == 1)
            return;
        json.Name("allOf").Open('[');
        foreach (string pattern in schema.Patterns.Skip(1))
        {
            json.Open('{');
            json.Member("pattern", pattern);
            json.Close('}');
        }

        json.Close(']');
    }

    private void WriteBound(string name, string exclusive, string bound, bool isExclusive)
    {
        if (bound.Length == 0)
            return;
        json.Name(isExclusive && !isV30 ? exclusive : name).Raw(bound);
        json.Flag(exclusive, isExclusive && isV30);
    }

    private void WriteMembers(SchemaModel schema)
    {
        if (schema.Items is { } items)
        {
            json.Name("items");
            Write(items);
            json.Flag("uniqueItems", schema.HasUniqueItems);
        }

        if (schema.MapValues is { } values)
        {
            json.Name("additionalProperties");
            Write(values);
        }

        List<string> required = schema.Members.Where(member => member.IsRequired)
            .Select(member => JsonText.Quoted(member.Name))
            .ToList();
        if (required.Count > 0)
            json.Name("required").List(required);
        if (schema.Members.Count == 0)
            return;
        json.Name("properties").Open('{');
        foreach (SchemaMember member in schema.Members)
        {
            json.Name(member.Name);
            Write(member.Schema);
        }

        json.Close('}');
    }

    private void WriteNotes(SchemaModel schema)
    {
        json.Member("description", schema.Description);
        json.Flag("readOnly", schema.IsReadOnly);
        if (schema.Default.Length > 0)
            json.Name("default").Raw(schema.Default);
    }

    /// <summary>The inside of a JSON string, which is written as one again.</summary>
    private static string Unquoted(string quoted) =>
        quoted.Substring(1, quoted.Length - 2).Replace("\\\"", "\"").Replace("\\\\", "\\");
}
