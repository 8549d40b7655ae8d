using System.Globalization;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>The answers of an operation: what the handler gives, and what is answered in its place.</summary>
internal sealed class ResponsePlan(ShapeSchemas schemas)
{
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int NotAcceptable = 406;
    private const int ContentTooLarge = 413;
    private const int UnsupportedMediaType = 415;

    /// <summary>The answers, sorted by status.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="facts">What its documentation says; null where it is not known.</param>
    /// <param name="captures">What the path captures.</param>
    public EquatableArray<ResponseDocument> Of(
        HandlerModel handler, HandlerFacts? facts, EquatableArray<Part> captures)
    {
        var responses = new SortedDictionary<string, ResponseDocument>(StringComparer.Ordinal);
        foreach (Outcome outcome in Outcomes.Of(handler))
        {
            Add(responses, Response(outcome, facts));
            // Who writes the answer also sets its status: where the comment lists none, it may be any.
            if (outcome.Kind == OutcomeKind.Handwritten && facts is not { Responses.Count: > 0 })
                Add(responses, new ResponseDocument(
                    "default", "What else the handler writes.", false, false, ContentsOf(outcome)));
        }

        if (facts is { MayBeNull: true } && !handler.Result.Cases.Any(option => option.Kind == ResultKind.Nothing))
            AddProblem(responses, NotFound, facts);
        if (handler.Result.MediaTypes.Count > 1)
            AddProblem(responses, NotAcceptable, facts);
        if (handler.Leaves.Any(leaf => CanBeMalformed(leaf, captures)))
            AddProblem(responses, BadRequest, facts);
        if (handler.Leaves.Any(leaf => leaf.Source is ParameterSource.Form or ParameterSource.File
            || leaf.Body is not BodyKind.None))
            AddProblem(responses, ContentTooLarge, facts);
        if (handler.Leaves.Any(leaf => leaf.Source is ParameterSource.Form or ParameterSource.File
            || leaf.Body is BodyKind.Json or BodyKind.Multipart))
            AddProblem(responses, UnsupportedMediaType, facts);
        AddTold(responses, facts);
        return responses.Values.ToEquatableArray();
    }

    /// <summary>Answers of several operations that share a path: of one status, any of them.</summary>
    public static EquatableArray<ResponseDocument> Merge(IEnumerable<ResponseDocument> all)
    {
        var responses = new SortedDictionary<string, ResponseDocument>(StringComparer.Ordinal);
        foreach (ResponseDocument response in all)
            Add(responses, response);
        return responses.Values.ToEquatableArray();
    }

    private static void Add(SortedDictionary<string, ResponseDocument> responses, ResponseDocument added)
    {
        responses[added.Status] = responses.TryGetValue(added.Status, out ResponseDocument? known)
            ? known with { Contents = SchemaChoice.Merge(known.Contents, added.Contents) }
            : added;
    }

    private static void AddProblem(
        SortedDictionary<string, ResponseDocument> responses, int status, HandlerFacts? facts)
    {
        string code = status.ToString(CultureInfo.InvariantCulture);
        if (responses.ContainsKey(code))
            return;
        string? told = TypeNotes.TextOf(facts?.Responses, code);
        responses.Add(code, new ResponseDocument(
            code, told ?? StatusPhrases.Of(code), true, told is not null, EquatableArray<ContentDocument>.Empty));
    }

    /// <summary>What only the documentation knows of: an error is a problem document, as far as anyone can
    /// tell.</summary>
    private static void AddTold(SortedDictionary<string, ResponseDocument> responses, HandlerFacts? facts)
    {
        if (facts is null)
            return;
        foreach (NamedText told in facts.Responses)
        {
            if (StatusPhrases.IsKey(told.Name) && !responses.ContainsKey(told.Name))
            {
                responses.Add(told.Name, new ResponseDocument(
                    told.Name, told.Text, told.Name[0] >= '4', true, EquatableArray<ContentDocument>.Empty));
            }
        }
    }

    /// <summary>True where some text is no value: a required one may be missing, a number may be none.</summary>
    private static bool CanBeMalformed(ParameterModel leaf, EquatableArray<Part> captures)
    {
        if (leaf.Rules.Count > 0 || leaf.Source == ParameterSource.File
            || leaf.Body is BodyKind.Json or BodyKind.Multipart)
            return true;
        if (leaf.Value is not { } value)
            return false;
        bool isText = value.Kind is ValueKind.Utf8Span or ValueKind.CharacterSpan || value.Type == "string";
        if (leaf.Source == ParameterSource.Path)
            return !isText && !IsProven(value.Type, captures.FirstOrDefault(capture => capture.Text == leaf.Key));
        return !isText || !leaf.IsOptional;
    }

    /// <summary>True where a constraint lets only values of the type through.</summary>
    private static bool IsProven(string type, Part? capture) => capture is not null
        && capture.Constraints.Any(constraint => (type, constraint.Kind) is ("int", ConstraintKind.Int32)
            or ("long", ConstraintKind.Int32 or ConstraintKind.Int64) or ("bool", ConstraintKind.Boolean)
            or ("global::System.Guid", ConstraintKind.Guid));

    private ResponseDocument Response(Outcome outcome, HandlerFacts? facts)
    {
        string? told = TypeNotes.TextOf(facts?.Responses, outcome.Status);
        bool isReturned = told is null && outcome.Status[0] == '2' && facts?.Returns.Length > 0;
        string usual = outcome.Kind == OutcomeKind.Handwritten
            ? "What the handler writes."
            : StatusPhrases.Of(outcome.Status);
        return new ResponseDocument(
            outcome.Status,
            told ?? (isReturned ? facts!.Returns : usual),
            outcome.Kind == OutcomeKind.Problem,
            told is not null,
            ContentsOf(outcome));
    }

    private EquatableArray<ContentDocument> ContentsOf(Outcome outcome)
    {
        (string mediaType, SchemaModel? schema) = outcome.Kind switch
        {
            OutcomeKind.Text => ("text/plain", new SchemaModel { Type = "string" }),
            OutcomeKind.Bytes => ("application/octet-stream", new SchemaModel { Type = "string", IsBinary = true }),
            OutcomeKind.Json => ("application/json", schemas.Of(outcome.JsonType)),
            OutcomeKind.Sequence => (
                "application/json", new SchemaModel { Type = "array", Items = schemas.Of(outcome.JsonType) }),
            OutcomeKind.Events => (
                "text/event-stream",
                outcome.JsonType.Length > 0 ? schemas.Of(outcome.JsonType) : new SchemaModel { Type = "string" }),
            OutcomeKind.File or OutcomeKind.Handwritten => ("*/*", null),
            _ => ("", (SchemaModel?)null),
        };
        if (mediaType.Length == 0)
            return EquatableArray<ContentDocument>.Empty;
        IEnumerable<string> mediaTypes = outcome.MediaTypes.Count > 0 ? outcome.MediaTypes : [mediaType];
        // Of lines, the schema is that of one line: OpenAPI has no word for the sequence before 3.2.
        return mediaTypes
            .Select(type => new ContentDocument(
                type, outcome.Kind == OutcomeKind.Sequence && type == Outcome.Lines ? schema!.Items : schema))
            .ToEquatableArray();
    }
}
