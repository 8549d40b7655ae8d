using Waymark.Generator.Model;

namespace Waymark.Generator.OpenApi;

/// <summary>The schema of the problem documents that the runtime sends: RFC 9457.</summary>
internal static class ProblemSchema
{
    public static readonly SchemaModel Value = Object(
        "What went wrong (RFC 9457). May have more members.",
        Member("type", "uri-reference", "What kind of problem this is: the same for every occurrence."),
        Member("title", "", "What this kind of problem is called."),
        new SchemaMember("status", false, new SchemaModel
        {
            Type = "integer",
            Minimum = "400",
            Maximum = "599",
            Description = "The status code of the answer.",
        }),
        Member("detail", "", "What went wrong this time."),
        Member("instance", "uri-reference", "Identifies this occurrence."),
        new SchemaMember("errors", false, new SchemaModel
        {
            Type = "array",
            Description = "What is wrong in the request, one by one.",
            Items = Object(
                "",
                Member("detail", "", "What is wrong, as a sentence.", isRequired: true),
                Member("pointer", "", "Where in the body: a JSON pointer as a URI fragment (RFC 6901 section 6)."),
                new SchemaMember("in", false, new SchemaModel
                {
                    Type = "string",
                    Values = new[] { "path", "query", "header", "cookie", "form" }
                        .Select(JsonText.Quoted)
                        .ToEquatableArray(),
                    Description = "Where the parameter is.",
                }),
                Member("name", "", "What the parameter is called.")),
        }));

    private static SchemaModel Object(string description, params SchemaMember[] members) =>
        new() { Type = "object", Description = description, Members = members.ToEquatableArray() };

    private static SchemaMember Member(string name, string format, string description, bool isRequired = false) =>
        new(name, isRequired, new SchemaModel { Type = "string", Format = format, Description = description });
}
