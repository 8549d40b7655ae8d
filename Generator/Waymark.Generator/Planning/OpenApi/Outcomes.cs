using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>One answer that a handler can give, as the document shows it.</summary>
/// <param name="Kind">What the body is.</param>
/// <param name="Status">Its status code.</param>
/// <param name="JsonType">The type of the JSON, of a sequence that of an item; "" for none.</param>
internal sealed record Outcome(OutcomeKind Kind, int Status, string JsonType = "");

/// <summary>What the body of an answer is.</summary>
internal enum OutcomeKind
{
    Nothing,
    Text,
    Bytes,
    Json,

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
        yield return handler.Result.Kind switch
        {
            ResultKind.Nothing when writesItself => new Outcome(OutcomeKind.Handwritten, 200),
            ResultKind.Nothing => new Outcome(OutcomeKind.Nothing, 204),
            ResultKind.Text => new Outcome(OutcomeKind.Text, 200),
            ResultKind.Bytes => new Outcome(OutcomeKind.Bytes, 200),
            _ => new Outcome(OutcomeKind.Json, 200, handler.Result.JsonType),
        };
    }
}
