using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>What the OpenAPI specification asks of a document, as far as our own documents could break it.</summary>
/// <remarks>Stands in for linters from npm, which are not at hand where these tests run.</remarks>
internal static partial class DocumentRules
{
    private static readonly string[] Methods =
        ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private static readonly string[] Keywords30 =
        ["const", "contentEncoding", "contentMediaType", "prefixItems", "$defs", "examples"];

    /// <summary>One sentence for each mistake.</summary>
    public static IEnumerable<string> Mistakes(JsonObject document)
    {
        string version = (string?)document["openapi"] ?? "";
        bool isV30 = version == "3.0.4";
        if (!isV30 && version != "3.1.1")
            yield return $"openapi is '{version}'";
        foreach (string member in new[] { "title", "version" })
        {
            if (document["info"]?[member] is null)
                yield return $"info has no {member}";
        }

        IEnumerable<string> found = Operations(document)
            .Concat(References(document, document, "#"))
            .Concat(Names(document))
            .Concat(Schemas(document, "#", isV30));
        foreach (string mistake in found)
            yield return mistake;
    }

    private static IEnumerable<string> Operations(JsonObject document)
    {
        var ids = new HashSet<string>();
        var shapes = new HashSet<string>();
        var tags = document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToHashSet();
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            if (!path.StartsWith('/'))
                yield return $"{path} does not start with a slash";
            if (!shapes.Add(PlaceholderPattern().Replace(path, "{}")))
                yield return $"{path} differs from another path by names only";
            foreach ((string name, JsonNode? value) in item!.AsObject())
            {
                IEnumerable<JsonNode?> operations = name == "x-waymark-methods"
                    ? value!.AsObject().Select(pair => pair.Value)
                    : [value];
                if (name != "x-waymark-methods" && !Methods.Contains(name))
                    yield return $"{path} has '{name}'";
                foreach (JsonObject operation in operations.Select(operation => operation!.AsObject()))
                {
                    if (!ids.Add((string?)operation["operationId"] ?? ""))
                        yield return $"{name} {path} has the operationId of another or none";
                    foreach (string mistake in Operation(operation, path, tags, document))
                        yield return $"{name} {path}: {mistake}";
                }
            }
        }
    }

    private static IEnumerable<string> Operation(
        JsonObject operation, string path, HashSet<string> tags, JsonObject document)
    {
        if (string.IsNullOrEmpty((string?)operation["summary"]))
            yield return "no summary";
        if (operation["tags"]!.AsArray().Any(tag => !tags.Contains((string)tag!)))
            yield return "an unknown tag";
        List<JsonObject> parameters = (operation["parameters"]?.AsArray() ?? [])
            .Select(parameter => parameter!.AsObject())
            .ToList();
        List<string> inPath = parameters.Where(parameter => (string?)parameter["in"] == "path")
            .Select(parameter => (string)parameter["name"]!)
            .ToList();
        IEnumerable<string> placeholders = PlaceholderPattern().Matches(path).Select(match => match.Value[1..^1]);
        if (!placeholders.Order().SequenceEqual(inPath.Order()))
            yield return "parameters and placeholders differ";
        IEnumerable<string> names = parameters
            .Select(parameter => ((string)parameter["in"]! + parameter["name"]!).ToUpperInvariant());
        if (names.Distinct().Count() < parameters.Count)
            yield return "a parameter comes twice";
        foreach (JsonObject parameter in parameters)
        {
            if ((string?)parameter["in"] == "path" && (bool?)parameter["required"] != true)
                yield return "a path parameter is not required";
            if (parameter["schema"] is null)
                yield return "a parameter without schema";
        }

        JsonObject responses = operation["responses"]!.AsObject();
        if (responses.Count == 0)
            yield return "no response";
        foreach ((string status, JsonNode? response) in responses)
        {
            if (!StatusPattern().IsMatch(status))
                yield return $"the status {status}";
            if (response!["description"] is null && response["$ref"] is null)
                yield return $"{status} has no description";
        }

        IEnumerable<string> needed = (operation["security"]?.AsArray() ?? [])
            .SelectMany(need => need!.AsObject().Select(pair => pair.Key));
        foreach (string scheme in needed.Where(scheme => document["components"]?["securitySchemes"]?[scheme] is null))
            yield return $"the security scheme {scheme} is not there";
    }

    private static IEnumerable<string> References(JsonObject document, JsonNode? node, string place)
    {
        foreach ((string name, JsonNode? child) in Children(node))
        {
            bool isReference = name == "$ref" || place.EndsWith("/mapping", StringComparison.Ordinal);
            if (isReference && child is JsonValue target && Resolve(document, (string)target!) is null)
                yield return $"{place} refers to {target}, which is not there";
            foreach (string mistake in References(document, child, place + "/" + name))
                yield return mistake;
        }
    }

    private static IEnumerable<string> Names(JsonObject document) =>
        from kind in document["components"]?.AsObject() ?? []
        from named in kind.Value!.AsObject()
        where !NamePattern().IsMatch(named.Key)
        select $"{kind.Key} has the name '{named.Key}'";

    private static IEnumerable<string> Schemas(JsonNode? node, string place, bool isV30)
    {
        if (node is JsonObject schema && IsSchema(place))
        {
            if (isV30 && schema.ContainsKey("$ref") && schema.Count > 1)
                yield return $"{place}: something stands beside a reference";
            if (isV30 && (schema["type"] is JsonArray || Keywords30.Any(schema.ContainsKey)))
                yield return $"{place}: a keyword of 3.1";
            if (isV30 && schema.ContainsKey("nullable") && !schema.ContainsKey("type"))
                yield return $"{place}: nullable without a type";
            if (!isV30 && (schema.ContainsKey("nullable") || schema["exclusiveMinimum"]?.GetValueKind()
                == System.Text.Json.JsonValueKind.True))
                yield return $"{place}: a keyword of 3.0";
            if ((string?)(schema["type"] as JsonValue) == "array" && schema["items"] is null)
                yield return $"{place}: an array without items";
            foreach (JsonNode? required in schema["required"] as JsonArray ?? [])
            {
                if (schema["properties"]?[(string)required!] is null)
                    yield return $"{place}: '{required}' is required and not there";
            }
        }

        foreach ((string name, JsonNode? child) in Children(node))
        {
            foreach (string mistake in Schemas(child, place + "/" + name, isV30))
                yield return mistake;
        }
    }

    private static bool IsSchema(string place) => SchemaPlacePattern().IsMatch(place);

    private static JsonNode? Resolve(JsonObject document, string reference)
    {
        JsonNode? node = document;
        foreach (string part in reference.Split('/').Skip(1))
            node = node?[part];
        return reference.StartsWith("#/", StringComparison.Ordinal) ? node : null;
    }

    private static IEnumerable<(string Name, JsonNode? Child)> Children(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(pair => (pair.Key, pair.Value)),
        JsonArray items => items.Select((item, index) => ($"{index}", item)),
        _ => [],
    };

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex("^([1-5]([0-9][0-9]|XX)|default)$")]
    private static partial Regex StatusPattern();

    [GeneratedRegex("^[a-zA-Z0-9._-]+$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("/(schema|items|additionalProperties|properties/[^/]+|components/schemas/[^/]+|(oneOf|anyOf|allOf)/[0-9]+)$")]
    private static partial Regex SchemaPlacePattern();
}
