using System.Globalization;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>One answer that a handler can give, as the document shows it.</summary>
/// <param name="Kind">What the body is.</param>
/// <param name="Status">Its status code, a range of OpenAPI such as <c>2XX</c>, or <c>default</c>.</param>
/// <param name="JsonType">The type of the JSON, of a sequence that of an item; "" for none.</param>
/// <param name="MediaTypes">What <c>[Produces]</c> lists; empty for the usual.</param>
internal sealed record Outcome(
    OutcomeKind Kind, string Status, string JsonType, EquatableArray<string> MediaTypes)
{
    /// <summary>The media type of a sequence that comes line by line.</summary>
    public const string Lines = "application/x-ndjson";
}

/// <summary>What the body of an answer is.</summary>
internal enum OutcomeKind
{
    Nothing,
    Text,
    Bytes,
    Json,
    Sequence,

    /// <summary>Server-sent events; the schema is that of the data of one.</summary>
    Events,
    Problem,

    /// <summary>What a file holds: its type comes from the file's name when it is sent.</summary>
    File,

    /// <summary>Written by the handler itself: anything.</summary>
    Handwritten,
}

/// <summary>Reads the answers off a handler: the one place that knows the models of results.</summary>
internal static class Outcomes
{
    public static IEnumerable<Outcome> Of(HandlerModel handler)
    {
        bool writesItself = handler.Parameters.Any(parameter =>
            parameter.Source is ParameterSource.Response or ParameterSource.Exchange);
        foreach (ResultCase option in handler.Result.Cases)
        {
            if (option.Kind == ResultKind.Nothing && writesItself)
            {
                yield return Make(OutcomeKind.Handwritten, 200);
                continue;
            }

            foreach (Outcome outcome in OfCase(option))
            {
                bool isNegotiated = outcome.Kind is not (OutcomeKind.Nothing or OutcomeKind.Problem);
                yield return isNegotiated ? outcome with { MediaTypes = Bare(handler.Result.MediaTypes) } : outcome;
            }
        }
    }

    private static IEnumerable<Outcome> OfCase(ResultCase option) => option.Kind switch
    {
        ResultKind.Nothing => [Make(OutcomeKind.Nothing, 204)],
        ResultKind.WebSocket => [Make(OutcomeKind.Nothing, 101)],
        ResultKind.Text => [Make(OutcomeKind.Text, 200)],
        ResultKind.Bytes or ResultKind.Memory or ResultKind.Stream => [Make(OutcomeKind.Bytes, 200)],
        ResultKind.Json => [Make(OutcomeKind.Json, 200, option.JsonType)],
        ResultKind.Sequence => [Make(OutcomeKind.Sequence, 200, option.JsonType)],
        ResultKind.Events => [Make(OutcomeKind.Events, 200, option.JsonType)],
        _ => OfTyped(option),
    };

    private static IEnumerable<Outcome> OfTyped(ResultCase option) => option.Answer switch
    {
        // RFC 9110 sections 13 and 14: part of the file, nothing new, a condition or a range that cannot be met.
        "FileResult" =>
        [
            Make(OutcomeKind.File, 200),
            Make(OutcomeKind.File, 206),
            Make(OutcomeKind.Nothing, 304),
            Make(OutcomeKind.Problem, 404),
            Make(OutcomeKind.Problem, 412),
            Make(OutcomeKind.Problem, 416),
        ],
        "TextResult" => [Make(OutcomeKind.Text, 200)],
        "BytesResult" or "StreamResult" => [Make(OutcomeKind.Bytes, 200)],
        "Redirect" => [Make(OutcomeKind.Nothing, "3XX")],
        "ProblemResult" => [Make(OutcomeKind.Problem, "4XX"), Make(OutcomeKind.Problem, "5XX")],
        "StatusResult" => [Make(OutcomeKind.Nothing, "default")],
        "JsonResult" => [Make(OutcomeKind.Json, "2XX", option.JsonType)],
        _ when option.JsonType.Length > 0 => [Make(OutcomeKind.Json, option.Status, option.JsonType)],
        _ when option.Status >= 400 => [Make(OutcomeKind.Problem, option.Status)],
        _ => [Make(OutcomeKind.Nothing, option.Status)],
    };

    private static Outcome Make(OutcomeKind kind, int status, string jsonType = "") =>
        Make(kind, status.ToString(CultureInfo.InvariantCulture), jsonType);

    private static Outcome Make(OutcomeKind kind, string status, string jsonType = "") =>
        new(kind, status, jsonType, EquatableArray<string>.Empty);

    /// <summary>Without parameters such as the charset.</summary>
    private static EquatableArray<string> Bare(EquatableArray<string> mediaTypes) => mediaTypes
        .Select(mediaType => mediaType.Split(';')[0].Trim().ToLowerInvariant())
        .Where(mediaType => mediaType.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .ToEquatableArray();
}
