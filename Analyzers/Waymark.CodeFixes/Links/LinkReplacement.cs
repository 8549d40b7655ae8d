using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers;
using Waymark.Analyzers.Links;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Links;

/// <summary>Puts the link to a route in the place of a path that is written out.</summary>
/// <remarks>For the refactoring and for fixes alike. Whether the result compiles is for its user to try.</remarks>
internal static class LinkReplacement
{
    private const string Root = "Routes";

    /// <summary>What may stand in the place of a path, the shortest first; none where no route makes it.</summary>
    public static IReadOnlyList<SourceEdit> Find(EditTarget target, ExpressionSyntax path)
    {
        // The cheap questions first: most strings are no paths.
        if (UrlText.Of(path) is not { } url || !CanChange(path))
            return [];
        Compilation compilation = target.Model.Compilation;
        if (LinkCatalogue.Of(RouteSet.Of(compilation)).Find(url, target.Model) is not { } link)
            return [];
        string call = NameOfRoot(target, path.SpanStart) + "." + link.Call;
        SourceEdit asString = target.Replace(path.Span, call + ".ToString()");
        return IsString(target.Model, path) ? [target.Replace(path.Span, call), asString] : [asString];
    }

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

    private static string NameOfRoot(EditTarget target, int position) =>
        target.Model.Compilation.GetSymbolsWithName(Root, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .FirstOrDefault(type => !type.GetTypeMembers("Links").IsEmpty)
            ?.ToMinimalDisplayString(target.Model, position) ?? Root;
}
