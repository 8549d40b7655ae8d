using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers;
using Waymark.Analyzers.Links;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Links;

/// <summary>Puts the link to a route in the place of a path that is written out.</summary>
/// <remarks>For the refactoring and for the fix of WM4002 alike.</remarks>
internal static class LinkReplacement
{
    private const string AsString = ".ToString()";

    /// <summary>
    /// The edit, tried out: what is there then compiles, and is the same call. Null where no link makes the path.
    /// </summary>
    public static async Task<SourceEdit?> FindAsync(EditTarget target, ExpressionSyntax path, CancellationToken stop)
    {
        // The cheap questions first: most strings are no paths.
        if (UrlText.Of(path) is not { } url || !CanChange(path))
            return null;
        LinkIndex links = RouteSet.Of(target.Model.Compilation).Links;
        if (links.Find(url, UrlUse.Of(path, target.Model, stop)?.Verb, target.Model) is not { } link
            || links.CallOf(link, target.Model, path.SpanStart) is not { } call)
        {
            return null;
        }

        foreach (string text in IsString(target.Model, path) ? [call, call + AsString] : new[] { call + AsString })
        {
            SourceEdit edit = target.Replace(path.Span, text);
            if (await HoldsAsync(target, path, edit, stop).ConfigureAwait(false))
                return edit;
        }

        return null;
    }

    private static async Task<bool> HoldsAsync(
        EditTarget target, ExpressionSyntax path, SourceEdit edit, CancellationToken stop)
    {
        Solution before = target.Document.Project.Solution;
        Solution after = await SourceEdit.ApplyAsync(before, [edit], stop).ConfigureAwait(false);
        if (!await Trial.HoldsAsync(before, after, stop).ConfigureAwait(false))
            return false;
        // A link may choose another overload than a string does.
        return CalledBy(target.Model, path) is not { } called
            || (await EditTarget.FindAsync(after.GetDocument(target.Document.Id)!, stop).ConfigureAwait(false)
                    is { } changed
                && changed.Root.FindToken(edit.Span.Start).Parent?.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument
                && CalledBy(changed.Model, argument.Expression) == called);
    }

    private static string? CalledBy(SemanticModel model, ExpressionSyntax path) =>
        path.Parent is ArgumentSyntax { Parent.Parent: { } call }
            ? model.GetSymbolInfo(call).Symbol?.ToDisplayString()
            : null;

    /// <summary>
    /// True for an argument, an initial value, or what is assigned or returned: where no constant is due.
    /// </summary>
    private static bool CanChange(ExpressionSyntax path) => path.Parent switch
    {
        ArgumentSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.Right == path && assignment.IsKind(
            SyntaxKind.SimpleAssignmentExpression),
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax
        {
            Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax local }
        } => !local.IsConst,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } =>
            !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    /// <summary>True where the place itself is a string, so that the link converts by itself.</summary>
    private static bool IsString(SemanticModel model, ExpressionSyntax path)
    {
        if (model.GetTypeInfo(path).ConvertedType?.SpecialType != SpecialType.System_String)
            return false;
        return path.Parent switch
        {
            // Inferred types become that of the link.
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type.IsVar: true } } => false,
            ArgumentSyntax argument =>
                ParameterOf(model, argument) is not { OriginalDefinition.Type: ITypeParameterSymbol },
            _ => true,
        };
    }

    private static IParameterSymbol? ParameterOf(SemanticModel model, ArgumentSyntax argument) =>
        (model.GetOperation(argument) as Microsoft.CodeAnalysis.Operations.IArgumentOperation)?.Parameter;
}
