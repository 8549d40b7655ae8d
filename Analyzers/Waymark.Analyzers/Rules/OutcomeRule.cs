using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction.Documents;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM3002, WM3003, WM3005: reports results of which a client cannot know enough. They are served.</summary>
internal static class OutcomeRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        // What a method returns is the same for all its routes.
        if (entries.FirstOrDefault(routes.IsSound) is not { } entry)
            return;
        EquatableArray<ResultCase> cases = entry.Route.Handler.Result.Cases;
        if (cases.Any(option => IsUntyped(option.JsonType)))
            Report(context, entry, ResponseDescriptors.UntypedResult, ExplainUntyped(entry));
        if (cases.FirstOrDefault(IsOpen) is { } open && !NamesAnswers(entry.Method))
            Report(context, entry, ResponseDescriptors.UnknownOutcome, ExplainOpen(entry, open));
        foreach (IGrouping<int, ResultCase> alike in cases
            .Where(option => option.Status > 0 && option.JsonType.Length > 0)
            .GroupBy(option => option.Status))
        {
            string[] types = [.. alike.Select(option => option.JsonType).Distinct(StringComparer.Ordinal)];
            if (types.Length > 1)
                Report(context, entry, ResponseDescriptors.SharedStatus, ExplainShared(entry, alike.Key, types));
        }
    }

    /// <summary>True for types that say nothing of what is written.</summary>
    public static bool IsUntyped(string type) => type is "object" or "object?" or "dynamic";

    /// <summary>True where the type of the result leaves the status to the value.</summary>
    public static bool IsOpen(ResultCase option) => option.Answer is "StatusResult" or "JsonResult";

    private static bool NamesAnswers(IMethodSymbol method) =>
        DocumentationComment.Of(method).All("response", "code", isMarkdown: false).Any();

    private static void Report(
        SymbolAnalysisContext context, RouteEntry entry, DiagnosticDescriptor descriptor, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor, Place.OfReturnType(entry.Method, context.CancellationToken), message));

    private static string ExplainUntyped(RouteEntry entry) =>
        $"'{entry.Method.Name}' answers 'object': the OpenAPI document cannot say what that is, and a value whose " +
        "own type no JsonSerializerContext lists is answered with 500. Return the type itself, or a Results<…> of " +
        "several.";

    private static string ExplainOpen(RouteEntry entry, ResultCase open) =>
        $"'{entry.Method.Name}' answers with whatever status its '{open.Answer}' holds, so neither clients nor the " +
        "OpenAPI document know of one: return a type that has a status, such as Results<Ok<…>, NotFound>, or name " +
        "the statuses with <response code=\"…\"> in the comment above.";

    private static string ExplainShared(RouteEntry entry, int status, string[] types)
    {
        string list = string.Join(" and ", types.Select(type => $"'{type.Replace("global::", "")}'"));
        return $"'{entry.Method.Name}' answers {status} with {list}: the status does not tell a client which one it " +
            "got. Give one of them another status, or answer one type for both (a base with [JsonDerivedType] says " +
            "in the JSON which it is).";
    }
}
