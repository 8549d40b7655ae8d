using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning.OpenApi;

namespace Waymark.Analyzers.Baseline;

/// <summary>Reads off the routes of a project what clients can see of them.</summary>
internal sealed class ApiReader
{
    /// <summary>Lists of lists of lists of a type that is a list of itself end here.</summary>
    private const int DepthMax = 8;

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["sbyte"] = "int8",
        ["byte"] = "uint8",
        ["short"] = "int16",
        ["ushort"] = "uint16",
        ["int"] = "int32",
        ["uint"] = "uint32",
        ["long"] = "int64",
        ["ulong"] = "uint64",
        ["global::System.Guid"] = "uuid",
        ["global::System.DateTime"] = "date-time",
        ["global::System.DateTimeOffset"] = "date-time",
        ["global::System.DateOnly"] = "date",
        ["global::System.TimeOnly"] = "time",
        ["global::System.TimeSpan"] = "time-span",
        ["global::System.Uri"] = "uri",
    };

    private readonly JsonReach _json;
    private readonly ApiSurface _surface = new();

    private ApiReader(JsonReach json) => _json = json;

    /// <summary>The API of all routes that are served, those of mounted tables included.</summary>
    public static ApiSurface Read(RouteSet routes)
    {
        var reader = new ApiReader(routes.Json);
        foreach (RouteEntry entry in routes.Served)
            reader.Add(entry);
        // What a mounted route takes and answers is for the baseline of its own project.
        foreach (MountedEntry entry in routes.Conflicts.ServedMounts)
        {
            var route = new ApiRoute(entry.Row.Verb, entry.Template);
            reader._surface.Routes[route.Name] = route;
        }

        return reader._surface;
    }

    private void Add(RouteEntry entry)
    {
        var route = new ApiRoute(entry.Route.Verb, entry.Route.Template);
        _surface.Routes[route.Name] = route;
        foreach (ParameterModel leaf in entry.Route.Handler.Leaves)
            AddInput(route, leaf, entry);
        foreach (Outcome outcome in Outcomes.Of(entry.Route.Handler))
            AddAnswer(route, outcome);
    }

    private void AddInput(ApiRoute route, ParameterModel leaf, RouteEntry entry)
    {
        string? place = leaf.Source switch
        {
            ParameterSource.Path => "path " + leaf.Key,
            ParameterSource.Query => "query " + leaf.Key,
            ParameterSource.Header => "header " + leaf.Key.ToLowerInvariant(),
            ParameterSource.Cookie => "cookie " + leaf.Key,
            ParameterSource.Form or ParameterSource.File => "form " + leaf.Key,
            ParameterSource.Body => "body",
            _ => null,
        };
        if (place is null)
            return;
        string type = leaf.Body == BodyKind.Json ? JsonOf(leaf.TypeName, route) : TextOf(leaf);
        string constraints = leaf.Source == ParameterSource.Path
            ? string.Join(" ", entry.Template.Captures.ElementAt(leaf.Depth).Constraints
                .Select(constraint => constraint.Text).OrderBy(text => text, StringComparer.Ordinal))
            : "";
        route.Inputs[place] = new ApiValue(type) { IsOptional = leaf.IsOptional, Constraints = constraints };
    }

    private void AddAnswer(ApiRoute route, Outcome outcome)
    {
        string type = outcome.Kind switch
        {
            OutcomeKind.Text => "text",
            OutcomeKind.Bytes => "bytes",
            OutcomeKind.File => "file",
            OutcomeKind.Json => JsonOf(outcome.JsonType, route),
            OutcomeKind.Sequence => JsonOf(outcome.JsonType, route) + "[]",
            OutcomeKind.Events => "events " + (outcome.JsonType.Length > 0 ? JsonOf(outcome.JsonType, route) : "text"),
            OutcomeKind.Handwritten => "any",
            _ => "",
        };
        route.Answers[outcome.Status] = new ApiValue(type);
    }

    private static string TextOf(ParameterModel leaf)
    {
        if (leaf.Value is not { } value)
        {
            return leaf.Body switch
            {
                BodyKind.Text => "text",
                BodyKind.Multipart => "multipart",
                BodyKind.File => "file",
                BodyKind.Files => "file[]",
                _ => "bytes",
            };
        }

        string one = value.Kind switch
        {
            ValueKind.Enum => $"enum({string.Join("|", value.Names)})",
            ValueKind.Utf8Span or ValueKind.CharacterSpan => "string",
            // A type of the user's reads what it likes.
            _ => Texts.TryGetValue(value.Type, out string? known) ? known
                : value.Type.StartsWith("global::", StringComparison.Ordinal) ? Shown(value.Type) : value.Type,
        };
        return value.Collection == CollectionKind.None ? one : one + "[]";
    }

    private string JsonOf(string type, ApiRoute route, int depth = 0)
    {
        if (depth > DepthMax || _json.ShapeOf(type.TrimEnd('?')) is not { } shape)
            return "any";
        switch (shape.Kind)
        {
            case ShapeKind.Boolean:
                return "bool";
            case ShapeKind.String:
                return shape.Format.Length > 0 ? shape.Format : "string";
            case ShapeKind.Integer:
                return shape.Format.Length > 0 ? shape.Format : "integer";
            case ShapeKind.Number:
                return shape.Format.Length > 0 ? shape.Format : "number";
            case ShapeKind.Enum:
                return $"enum({string.Join("|", shape.EnumNames)})";
            case ShapeKind.Array:
                return JsonOf(shape.Element, route, depth + 1) + (shape.IsElementNullable ? "?" : "") + "[]";
            case ShapeKind.Map:
                return "map of " + JsonOf(shape.Element, route, depth + 1) + (shape.IsElementNullable ? "?" : "");
            case ShapeKind.Object:
                AddMembers(shape, route);
                return Shown(shape.Type);
            default:
                return "any";
        }
    }

    private void AddMembers(TypeShape shape, ApiRoute route)
    {
        string name = Shown(shape.Type);
        if (!route.Types.Add(name))
            return;
        SortedDictionary<string, ApiValue> members = _surface.MembersOf(name);
        foreach (MemberShape member in shape.Members)
        {
            members[member.JsonName] = new ApiValue(JsonOf(member.ShapeOf, route))
            {
                IsOptional = member.IsNullable,
                IsRequired = member.IsRequired,
            };
        }
    }

    /// <summary>A type's name in a line: without blanks, which separate.</summary>
    private static string Shown(string type) => type.Replace("global::", "").Replace(", ", ",");
}
