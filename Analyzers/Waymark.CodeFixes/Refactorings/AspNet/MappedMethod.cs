using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Makes a handler of the static method that a call maps, where the method stands.</summary>
internal static class MappedMethod
{
    /// <summary>Null where the method is not static, is not source of this project, or has no equal.</summary>
    public static async Task<NewHandler?> FindAsync(
        CursorTarget target, MapCall call, IReadOnlyList<string> captures, CancellationToken stop)
    {
        // Converted to a Delegate, a group of methods is not bound to one of them yet.
        ImmutableArray<ISymbol> group = target.Model.GetMemberGroup(call.Handler, stop);
        if (group.Length != 1 || group[0] is not IMethodSymbol
            {
                MethodKind: MethodKind.Ordinary,
                IsStatic: true,
                IsGenericMethod: false,
                DeclaringSyntaxReferences: [var reference],
            } symbol
            || !RouteText.CanHold(symbol.ContainingType)
            || await reference.GetSyntaxAsync(stop).ConfigureAwait(false) is not MethodDeclarationSyntax method
            || target.Document.Project.GetDocument(reference.SyntaxTree) is not { } document
            || document is SourceGeneratedDocument
            // What else calls or maps the method expects what it returned.
            || await References.ExistOutsideAsync(symbol, target.Solution, call.Statement, stop).ConfigureAwait(false)
            || await EditTarget.FindAsync(document, stop).ConfigureAwait(false) is not { } place)
        {
            return null;
        }

        var names = new LibraryNames(place, method.SpanStart);
        return MethodRewrite.Of(place, names, method, symbol, call.Verbs, captures, isAction: false) is { } rewrite
            && AspTemplate.Convert(call.Template, rewrite.Parameters.Find) is { } template
                ? new NewHandler(
                    place.Document.Id, symbol.ContainingType.Name, symbol.Name, template, rewrite.Results.Note,
                    names.With([
                        .. rewrite.Edits,
                        place.Insert(StartOf(method), Attributes(place, names, method, call.Verbs, template)),
                        .. Access(place, method),
                    ]))
                : null;
    }

    private static string Attributes(
        EditTarget place,
        LibraryNames names,
        MethodDeclarationSyntax method,
        IReadOnlyList<string> verbs,
        string template)
    {
        int start = StartOf(method);
        return place.IsFirstOnLine(start)
            ? RouteText.Of(names, verbs, template, Usings.NewlineOf(place), place.IndentationAt(start))
            : RouteText.Of(names, verbs, template, " ", "");
    }

    private static int StartOf(MethodDeclarationSyntax method) =>
        method.Modifiers.Count > 0 ? method.Modifiers[0].SpanStart : method.ReturnType.SpanStart;

    /// <summary>Generated code calls a handler, so it cannot be private.</summary>
    private static IEnumerable<SourceEdit> Access(EditTarget place, MethodDeclarationSyntax method)
    {
        SyntaxToken access = method.Modifiers
            .FirstOrDefault(token => SyntaxFacts.IsAccessibilityModifier(token.Kind()));
        if (access.IsKind(SyntaxKind.PrivateKeyword))
            yield return place.Replace(access.Span, "internal");
        else if (access.IsKind(SyntaxKind.None))
            yield return place.Insert(StartOf(method), "internal ");
    }
}

/// <summary>What changes inside a method that becomes a handler where it stands.</summary>
internal sealed record MethodRewrite(AspParameters Parameters, AspResults Results, IReadOnlyList<SourceEdit> Edits)
{
    /// <summary>Null where something of the method has no equal.</summary>
    /// <param name="place">Where it is declared.</param>
    /// <param name="names">Names what belongs to Waymark.</param>
    /// <param name="method">Its declaration.</param>
    /// <param name="symbol">The method.</param>
    /// <param name="verbs">The request methods that it answers.</param>
    /// <param name="captures">The names in its template.</param>
    /// <param name="isAction">True for an action of a controller.</param>
    /// <param name="pathOf">The path of another action with certain values; null where it cannot be said.</param>
    public static MethodRewrite? Of(
        EditTarget place,
        LibraryNames names,
        MethodDeclarationSyntax method,
        IMethodSymbol symbol,
        IReadOnlyList<string> verbs,
        IReadOnlyList<string> captures,
        bool isAction,
        Func<string, AnonymousObjectCreationExpressionSyntax, string?>? pathOf = null)
    {
        if (((SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression) is not { } body)
            return null;
        AspParameters? parameters =
            AspParameters.Read(place, names, method.ParameterList.Parameters, verbs, captures, isAction);
        AspResults? results = AspResults.Read(
            place, names, body, symbol.ReturnType, symbol.IsAsync, isAction, method.SpanStart, pathOf);
        if (parameters is null || results is null)
            return null;
        List<SourceEdit> edits = [.. parameters.Edits, .. results.Edits];
        if (AspNames.Mentions(symbol.ReturnType))
            edits.Add(place.Replace(method.ReturnType.Span, results.Type));
        return AspNames.IsUsedIn(place.Model, body, [.. edits.Select(edit => edit.Span)])
            ? null
            : new MethodRewrite(parameters, results, edits);
    }
}
