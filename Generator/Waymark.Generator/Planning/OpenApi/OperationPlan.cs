using System.Text;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Makes the operations of one path.</summary>
internal sealed class OperationPlan
{
    private readonly Dictionary<string, HandlerFacts> _facts;
    private readonly OpenApiSettings _settings;
    private readonly ParameterPlan _parameters;
    private readonly ResponsePlan _responses;

    public OperationPlan(OpenApiFacts facts, ShapeSchemas schemas, TypeNotes notes)
    {
        _facts = facts.Handlers.ToDictionary(handler => handler.Key, StringComparer.Ordinal);
        _settings = facts.Settings;
        _parameters = new ParameterPlan(schemas, notes);
        _responses = new ResponsePlan(schemas);
    }

    /// <summary>The operation of the entries that share a path and a method.</summary>
    /// <param name="entries">At least one; the first gives its name.</param>
    /// <param name="id">The name of the operation.</param>
    /// <param name="tag">The tag of its class.</param>
    /// <param name="names">What the path calls its captures.</param>
    public OperationModel Of(
        IReadOnlyList<OperationEntry> entries, string id, string tag, IReadOnlyList<string> names)
    {
        List<OperationModel> all = entries.Select(entry => OfOne(entry, id, tag, names)).ToList();
        OperationModel first = all[0];
        if (all.Count == 1)
            return first;
        var note = new StringBuilder("Several routes answer here, told apart by their constraints:\n\n");
        foreach (OperationEntry entry in entries)
            note.Append($"- `{entry.Template}` ({entry.HandlerName})\n");
        return first with
        {
            Description = Paragraphs(first.Description, note.ToString().TrimEnd('\n')),
            IsDeprecated = all.TrueForAll(operation => operation.IsDeprecated),
            Parameters = Merge(all),
            Body = all.Select(operation => operation.Body).Aggregate(Merge),
            Responses = ResponsePlan.Merge(all.SelectMany(operation => operation.Responses)),
        };
    }

    private OperationModel OfOne(OperationEntry entry, string id, string tag, IReadOnlyList<string> names)
    {
        if (entry.Route is not { } route)
            return OfMounted(entry, id, tag, names);
        _facts.TryGetValue(HandlerFacts.KeyOf(route.Handler), out HandlerFacts? facts);
        List<(ParameterModel Leaf, string Text)> leaves = _parameters.Documented(route.Handler, facts);
        string summary = facts?.Summary ?? "";
        (EquatableArray<SecurityNeed> security, string note) = SecurityOf(facts);
        return new OperationModel(
            entry.Method,
            id,
            tag,
            summary.Length > 0 ? summary : Spelled(route.Handler.MethodName),
            Paragraphs(facts?.Remarks ?? "", note),
            facts?.IsObsolete ?? false,
            _parameters.Of(entry.Form.Captures, names, leaves),
            _parameters.BodyOf(leaves),
            _responses.Of(route.Handler, facts, entry.Form.Captures),
            security);
    }

    /// <summary>The host knows the templates of a mounted table, and nothing of its handlers.</summary>
    private OperationModel OfMounted(OperationEntry entry, string id, string tag, IReadOnlyList<string> names)
    {
        ContentDocument[] anything = [new ContentDocument("*/*", null)]; // Without any it would say: an empty body.
        var response = new ResponseDocument(
            "default", $"What `{entry.MountedTable}` answers.", false, false, anything.ToEquatableArray());
        string method = entry.HandlerName.Substring(entry.HandlerName.LastIndexOf('.') + 1);
        return new OperationModel(
            entry.Method,
            id,
            tag,
            Spelled(method),
            $"A route of `{entry.MountedTable}`, which is mounted here.",
            false,
            _parameters.Of(entry.Form.Captures, names, []),
            null,
            new[] { response }.ToEquatableArray(),
            EquatableArray<SecurityNeed>.Empty);
    }

    /// <summary>What is asked for as far as the document can say it, and a sentence about the rest.</summary>
    private (EquatableArray<SecurityNeed> Needs, string Note) SecurityOf(HandlerFacts? facts)
    {
        var needs = new List<SecurityNeed>();
        var notes = new List<string>();
        foreach (SecurityNeed need in facts?.Security ?? EquatableArray<SecurityNeed>.Empty)
        {
            SecuritySchemeModel? scheme = _settings.Schemes.FirstOrDefault(known => known.Name == need.Scheme);
            if (scheme is null && need.Scheme.Length > 0)
            {
                // A reference to nothing would make the document invalid.
                notes.Add($"Asks for `{need.Scheme}`, which no SecurityScheme describes.");
                continue;
            }

            // In 3.0 only OAuth 2 and OpenID Connect have scopes (section 4.8.30.1); in 3.1 others have roles.
            bool hasScopes = !_settings.IsV30 || scheme?.Kind == SecuritySchemeKind.OpenIdConnect;
            if (!hasScopes && need.Scopes.Count > 0)
            {
                IEnumerable<string> scopes = need.Scopes.Select(scope => $"`{scope}`");
                notes.Add($"`{need.Scheme}` has to allow {string.Join(", ", scopes)}.");
            }

            needs.Add(hasScopes ? need : need with { Scopes = EquatableArray<string>.Empty });
        }

        return (needs.ToEquatableArray(), string.Join(" ", notes));
    }

    /// <summary>Those of the path in their order, with either schema; of the rest, what not all have is
    /// optional.</summary>
    private static EquatableArray<ParameterDocument> Merge(List<OperationModel> all)
    {
        var merged = new List<ParameterDocument>();
        foreach (ParameterDocument parameter in all.SelectMany(operation => operation.Parameters))
        {
            int index = merged.FindIndex(known => known.Name == parameter.Name && known.In == parameter.In);
            if (index >= 0)
            {
                merged[index] = merged[index] with
                {
                    Schema = SchemaChoice.Either(merged[index].Schema, parameter.Schema),
                    Description = merged[index].Description.Length > 0
                        ? merged[index].Description
                        : parameter.Description,
                };
                continue;
            }

            merged.Add(parameter);
        }

        return merged
            .Select(parameter => parameter with
            {
                IsRequired = all.TrueForAll(operation => IsRequired(operation, parameter)),
            })
            .ToEquatableArray();
    }

    private static bool IsRequired(OperationModel operation, ParameterDocument parameter) => operation.Parameters
        .Any(known => known.Name == parameter.Name && known.In == parameter.In && known.IsRequired);

    private static BodyDocument? Merge(BodyDocument? first, BodyDocument? second)
    {
        if (first is null || second is null)
            return (first ?? second) is { } only ? only with { IsRequired = false } : null;
        return first with
        {
            IsRequired = first.IsRequired && second.IsRequired,
            Contents = SchemaChoice.Merge(first.Contents, second.Contents),
        };
    }

    private static string Paragraphs(string first, string second) =>
        first.Length > 0 && second.Length > 0 ? first + "\n\n" + second : first + second;

    /// <summary><c>List open orders</c> for <c>ListOpenOrders</c>: an operation without a summary is hard to
    /// find.</summary>
    private static string Spelled(string name)
    {
        var text = new StringBuilder();
        for (int index = 0; index < name.Length; index++)
        {
            char character = name[index];
            bool startsWord = index > 0 && char.IsUpper(character) && !char.IsUpper(name[index - 1]);
            bool isAlone = index + 1 >= name.Length || !char.IsUpper(name[index + 1]);
            if (startsWord || character == '_')
                text.Append(' ');
            if (character != '_')
                text.Append(index == 0 ? char.ToUpperInvariant(character)
                    : startsWord && isAlone ? char.ToLowerInvariant(character) : character);
        }

        string spelled = text.ToString().Trim();
        return spelled.Length == 0 ? name : spelled;
    }
}
