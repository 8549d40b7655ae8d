using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Baseline;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM4008, WM4010: compares the routes with the API that was shipped, where a project keeps one.
/// </summary>
/// <remarks>
/// What is gone has no place in the source, so that a break is shown where it was promised: at its line of the file.
/// </remarks>
internal static class BaselineRule
{
    /// <summary>WM4008, in the file.</summary>
    public static void CheckFile(AdditionalFileAnalysisContext context, Lazy<RouteSet> routes)
    {
        if (!ApiBaseline.Is(context.AdditionalFile.Path)
            || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        RouteSet set = routes.Value;
        // A route that is not served for a mistake is not gone: the mistake comes first.
        if (!set.AreSound(set.All))
            return;
        var shipped = ApiSurface.Parse(ApiBaseline.LinesOf(text));
        foreach (KeyValuePair<int, string> found in
            ApiComparison.Find(shipped, ApiReader.Read(set), set.Options))
        {
            Report(
                context, text, found.Key,
                $"{found.Value}. Take the change back, or, where it is meant, correct this line: the fix " +
                "writes the whole file anew.");
        }

        foreach ((int line, string unread) in shipped.Unread)
        {
            Report(
                context, text, line,
                $"'{unread}' says nothing about an API. A line is a route such as 'GET /users', or what one takes or " +
                "answers: remove this one, or let the fix write the whole file anew.");
        }
    }

    /// <summary>WM4010, at the route.</summary>
    public static void CheckRoutes(
        SymbolAnalysisContext context,
        IReadOnlyList<RouteEntry> entries,
        RouteSet routes,
        Lazy<ApiNews?> news)
    {
        if (news.Value is not { } known || !routes.AreSound(entries))
            return;
        foreach (RouteEntry entry in entries)
        {
            if (!known.IsNew(entry.Route.Verb + " " + entry.Route.Template))
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                LinkDescriptors.UnshippedRoute,
                Place.OfTemplate(entry.Attribute, context.CancellationToken),
                $"{ConflictText.Of(entry.Route)} is not in {ApiBaseline.FileName} as it is now, so that a later " +
                "break of it goes unseen: let the fix write the file when the route ships."));
        }
    }

    private static void Report(AdditionalFileAnalysisContext context, SourceText text, int line, string message)
    {
        TextSpan span = text.Lines[line].Span;
        context.ReportDiagnostic(Diagnostic.Create(
            LinkDescriptors.BrokenApi,
            Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
            message));
    }
}
