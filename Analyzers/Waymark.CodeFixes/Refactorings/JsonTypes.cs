using Microsoft.CodeAnalysis;
using Waymark.Analyzers;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Json;
using Waymark.Generator.Model;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Lists the JSON types of new handlers, as WM3001 asks for.</summary>
internal static class JsonTypes
{
    /// <summary>The same project, in which a context lists what the handlers of a class read and answer.</summary>
    /// <param name="changed">The project with the handlers.</param>
    /// <param name="document">Where they stand.</param>
    /// <param name="isNew">True for the handlers that are meant, by class and method.</param>
    /// <param name="stop">Ends the search.</param>
    public static async Task<Solution> ListAsync(
        Solution changed, DocumentId document, Func<IMethodSymbol, bool> isNew, CancellationToken stop)
    {
        if (changed.GetDocument(document) is not { } holder
            || await EditTarget.FindAsync(holder, stop).ConfigureAwait(false) is not { } target)
        {
            return changed;
        }

        var routes = RouteSet.Of(target.Model.Compilation);
        List<RouteEntry> entries = [.. routes.All.Where(entry => isNew(entry.Method))];
        List<string> types =
        [
            .. entries.SelectMany(entry => TypesOf(entry.Route.Handler)).Where(type => !routes.IsSerializable(type)),
        ];
        int position = entries.SelectMany(entry => entry.Method.Locations)
            .FirstOrDefault(location => location.SourceTree == target.Root.SyntaxTree)?.SourceSpan.Start ?? -1;
        return types.Count == 0 || position < 0
            ? changed
            : await SourceEdit.ApplyAsync(
                changed, await ListJsonType.FindAsync(target, position, types, stop).ConfigureAwait(false), stop)
                .ConfigureAwait(false);
    }

    private static IEnumerable<string> TypesOf(HandlerModel handler) => handler.Result.JsonTypes.Concat(
        handler.Leaves.Where(leaf => leaf.Body == BodyKind.Json).Select(leaf => leaf.TypeName));
}
