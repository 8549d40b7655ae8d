using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Looks for code that a change would leave behind.</summary>
internal static class References
{
    /// <summary>True where something outside of a declaration names a symbol, in any project of the solution.</summary>
    /// <param name="symbol">What is changed.</param>
    /// <param name="solution">Everything that may name it.</param>
    /// <param name="inside">What changes along with it; a name in there is no other.</param>
    /// <param name="stop">Ends the search.</param>
    public static async Task<bool> ExistOutsideAsync(
        ISymbol symbol, Solution solution, SyntaxNode inside, CancellationToken stop)
    {
        IEnumerable<ReferencedSymbol> found =
            await SymbolFinder.FindReferencesAsync(symbol, solution, stop).ConfigureAwait(false);
        return found.SelectMany(reference => reference.Locations).Any(place => !place.IsImplicit
            && place.Document is not SourceGeneratedDocument
            && (place.Location.SourceTree != inside.SyntaxTree || !inside.Span.Contains(place.Location.SourceSpan)));
    }
}
