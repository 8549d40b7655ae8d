using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>What an operation takes: parameters and the body.</summary>
internal sealed class ParameterPlan(ShapeSchemas schemas, TypeNotes notes)
{
    /// <summary>Header fields that a parameter may not describe (OpenAPI 3.1 section 4.8.12.1).</summary>
    private static readonly string[] ReservedFields = ["Accept", "Content-Type", "Authorization"];

    /// <summary>The parameters: those of the path first, then in the order of the declaration.</summary>
    /// <param name="captures">Of the path.</param>
    /// <param name="names">What the path calls them.</param>
    /// <param name="leaves">The values that the handler takes, with their documentation.</param>
    public EquatableArray<ParameterDocument> Of(
        EquatableArray<Part> captures,
        IReadOnlyList<string> names,
        IReadOnlyList<(ParameterModel Leaf, string Text)> leaves)
    {
        var parameters = new List<ParameterDocument>();
        for (int index = 0; index < captures.Count; index++)
            parameters.Add(Captured(captures[index], names[index], leaves));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((ParameterModel leaf, string text) in leaves)
        {
            string? place = leaf.Source switch
            {
                ParameterSource.Query => "query",
                ParameterSource.Header when !ReservedFields.Contains(leaf.Key, StringComparer.OrdinalIgnoreCase) =>
                    "header",
                ParameterSource.Cookie => "cookie",
                _ => null,
            };
            // Two values of one name are one parameter; names of header fields are told apart without case.
            string name = place == "header" ? leaf.Key.ToLowerInvariant() : leaf.Key;
            if (place is not null && seen.Add(place + " " + name))
                parameters.Add(new ParameterDocument(leaf.Key, place, !leaf.IsOptional, text, Schema(leaf)));
        }

        return parameters.ToEquatableArray();
    }

    /// <summary>What is sent; null where the handler takes no body.</summary>
    public BodyDocument? BodyOf(IReadOnlyList<(ParameterModel Leaf, string Text)> leaves)
    {
        foreach ((ParameterModel leaf, string text) in leaves)
        {
            if (leaf.Source == ParameterSource.Body)
            {
                ContentDocument content = ContentOf(leaf);
                return new BodyDocument(!leaf.IsOptional, text, new[] { content }.ToEquatableArray());
            }
        }

        List<(ParameterModel Leaf, string Text)> fields = leaves
            .Where(pair => pair.Leaf.Source is ParameterSource.Form or ParameterSource.File)
            .ToList();
        return fields.Count == 0 ? null : FormOf(fields);
    }

    /// <summary>The values that a handler takes, each with what is said of it.</summary>
    public List<(ParameterModel Leaf, string Text)> Documented(HandlerModel handler, HandlerFacts? facts)
    {
        var leaves = new List<(ParameterModel Leaf, string Text)>();
        foreach (ParameterModel parameter in handler.Parameters)
            Collect(parameter, TypeNotes.TextOf(facts?.Parameters, parameter.Name) ?? "", leaves);
        return leaves;
    }

    private void Collect(ParameterModel parameter, string text, List<(ParameterModel Leaf, string Text)> leaves)
    {
        if (parameter.Source != ParameterSource.Members)
        {
            leaves.Add((parameter, text));
            return;
        }

        foreach (BindMember member in parameter.Members)
            Collect(member.Value, notes.MemberDescription(parameter.TypeName, member.Name), leaves);
    }

    private ParameterDocument Captured(
        Part capture, string name, IReadOnlyList<(ParameterModel Leaf, string Text)> leaves)
    {
        (ParameterModel? leaf, string text) = leaves.FirstOrDefault(pair =>
            pair.Leaf.Source == ParameterSource.Path && pair.Leaf.Key == capture.Text);
        SchemaModel schema = leaf?.Value is { } value ? ValueSchemas.Of(value) : new SchemaModel { Type = "string" };
        schema = ConstraintSchemas.Apply(schema, capture.Constraints);
        if (leaf is not null)
            schema = WithRules(schema, leaf);
        string description = text ?? "";
        if (capture.Kind == PartKind.CatchAll)
        {
            string note = "The rest of the path, slashes included" + (capture.IsOptional ? "; may be empty." : ".");
            description = description.Length == 0 ? note : description + "\n\n" + note;
        }

        return new ParameterDocument(name, "path", true, description, schema);
    }

    private SchemaModel Schema(ParameterModel leaf)
    {
        SchemaModel schema = leaf.Value is { } value ? ValueSchemas.Of(value) : new SchemaModel { Type = "string" };
        schema = WithRules(schema, leaf);
        bool hasDefault = leaf.Default is not (null or "default" or "null");
        if (hasDefault && JsonLiteral.OfSource(leaf.Default!, number => ConstantOf(leaf, number)) is { } told)
            schema = schema with { Default = told };
        return schema;
    }

    private SchemaModel WithRules(SchemaModel schema, ParameterModel leaf) =>
        RuleSchemas.Apply(schema, leaf.Rules, number => ConstantOf(leaf, number));

    private string? ConstantOf(ParameterModel leaf, string number) =>
        leaf.Value is { Kind: ValueKind.Enum } value ? notes.ConstantOf(value.Type, number) : null;

    private ContentDocument ContentOf(ParameterModel leaf) => leaf.Body switch
    {
        BodyKind.Json => new ContentDocument(
            "application/json", RuleSchemas.Apply(schemas.Of(leaf.TypeName), leaf.Rules, _ => null)),
        BodyKind.Text => new ContentDocument("text/plain", WithRules(new SchemaModel { Type = "string" }, leaf)),
        BodyKind.Multipart => new ContentDocument("multipart/form-data", new SchemaModel { Type = "object" }),
        _ => new ContentDocument("application/octet-stream", new SchemaModel { Type = "string", IsBinary = true }),
    };

    private BodyDocument FormOf(List<(ParameterModel Leaf, string Text)> fields)
    {
        var members = new List<SchemaMember>();
        foreach ((ParameterModel leaf, string text) in fields)
        {
            SchemaModel schema = leaf.Source == ParameterSource.File ? FileOf(leaf) : Schema(leaf);
            if (text.Length > 0)
            {
                string noted = schema.Description.Length == 0 ? "" : "\n\n" + schema.Description;
                schema = schema with { Description = text + noted };
            }

            if (members.TrueForAll(member => member.Name != leaf.Key))
                members.Add(new SchemaMember(leaf.Key, !leaf.IsOptional, schema));
        }

        var form = new SchemaModel { Type = "object", Members = members.ToEquatableArray() };
        bool hasFile = fields.Exists(field => field.Leaf.Source == ParameterSource.File);
        string[] mediaTypes = hasFile
            ? ["multipart/form-data"]
            : ["application/x-www-form-urlencoded", "multipart/form-data"];
        return new BodyDocument(
            members.Exists(member => member.IsRequired),
            "",
            mediaTypes.Select(mediaType => new ContentDocument(mediaType, form)).ToEquatableArray());
    }

    private static SchemaModel FileOf(ParameterModel leaf)
    {
        var file = new SchemaModel { Type = "string", IsBinary = true };
        bool isList = leaf.TypeName.EndsWith("]", StringComparison.Ordinal)
            || leaf.TypeName.EndsWith(">", StringComparison.Ordinal);
        return isList ? new SchemaModel { Type = "array", Items = file } : file;
    }
}
