using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Extraction.Documents;
using Waymark.Generator.Planning.OpenApi;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM4004, WM4005, WM4006: compares the comment above a handler, which the OpenAPI document quotes, with the handler.
/// </summary>
internal static class DocumentationRule
{
    public static void Check(SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        if (entries.FirstOrDefault(routes.IsSound) is not { } entry)
            return;
        IMethodSymbol method = entry.Method;
        DocumentationComment comment = DocumentationComment.Of(method);
        if (comment.Plain("summary").Length == 0 && method.PartialImplementationPart is { } part)
            comment = DocumentationComment.Of(part);
        if (comment.Plain("summary").Length == 0)
            ReportMissing(context, entry);
        CheckParameters(context, method, comment);
        CheckResponses(context, entry, comment);
    }

    private static void ReportMissing(SymbolAnalysisContext context, RouteEntry entry) =>
        context.ReportDiagnostic(Diagnostic.Create(
            LinkDescriptors.MissingSummary, Place.OfSymbol(entry.Method),
            $"{ConflictText.Of(entry.Route)} has no <summary>, so that the OpenAPI document has nothing to call it " +
            "by: write a sentence of what it does above the method."));

    private static void CheckParameters(
        SymbolAnalysisContext context, IMethodSymbol method, DocumentationComment comment)
    {
        string[] names = [.. method.Parameters.Select(parameter => parameter.Name)];
        string[] told = [.. comment.All("param", "name", isMarkdown: true).Select(pair => pair.Key)];
        // Most handlers have no comment, or one that is right.
        if (told.All(names.Contains))
            return;
        foreach ((string name, Location location) in
            CommentPlaces.Find(method, "param", "name", context.CancellationToken))
        {
            // The compiler reports it itself where it reads comments (CS1572).
            if (names.Contains(name) || !told.Contains(name)
                || location.SourceTree?.Options.DocumentationMode == DocumentationMode.Diagnose)
                continue;
            string[] untold = [.. names.Except(told)];
            // The only name that is left is the one that is meant.
            bool isOnly = untold.Length == 1 && told.Except(names).Count() == 1;
            string? meant = isOnly ? untold[0] : ClosestName.Find(name, untold);
            string wayOut = meant is null ? "remove the element." : $"did you mean '{meant}'?";
            context.ReportDiagnostic(Diagnostic.Create(
                LinkDescriptors.UnknownParameter, location,
                meant is null ? Place.Nothing : Place.Nothing.Add(Place.SuggestionProperty, meant),
                $"'{method.Name}' has no parameter '{name}', so that nothing shows this text: {wayOut}"));
        }
    }

    private static void CheckResponses(SymbolAnalysisContext context, RouteEntry entry, DocumentationComment comment)
    {
        string[] told = [.. comment.All("response", "code", isMarkdown: false).Select(pair => pair.Key)];
        if (told.Length == 0)
            return;
        string[] statuses = [.. Outcomes.Of(entry.Route.Handler).Select(outcome => outcome.Status).Distinct()];
        bool isKnown = !Outcomes.Of(entry.Route.Handler).Any(outcome =>
            outcome.Kind == OutcomeKind.Handwritten || outcome.Status is "default" or "2XX");
        foreach ((string code, Location location) in
            CommentPlaces.Find(entry.Method, "response", "code", context.CancellationToken))
        {
            if (told.Contains(code) && FindMistake(code, statuses, isKnown, entry.Method.Name) is { } message)
                context.ReportDiagnostic(Diagnostic.Create(LinkDescriptors.ImpossibleResponse, location, message));
        }
    }

    /// <remarks>
    /// Only a success is the handler's alone to give: redirections come from the table as well, errors from exceptions,
    /// middleware and the server.
    /// </remarks>
    private static string? FindMistake(string code, string[] statuses, bool isKnown, string name)
    {
        if (!StatusPhrases.IsKey(code))
        {
            return $"'{code}' is no status, so that the OpenAPI document leaves this text out: write a number from " +
                "100 to 599, a range such as '4XX', or 'default'.";
        }

        bool isSuccess = code[0] == '2' && code != "2XX";
        if (!isKnown || !isSuccess || statuses.Contains(code))
            return null;
        string given = string.Join(" or ", statuses.Where(known => known[0] == '2').OrderBy(known => known));
        return given.Length > 0
            ? $"'{name}' never answers {code}: where it succeeds it answers {given}. Correct comment or result."
            : $"'{name}' never answers {code}: none of its results is a success. Correct comment or result.";
    }
}
