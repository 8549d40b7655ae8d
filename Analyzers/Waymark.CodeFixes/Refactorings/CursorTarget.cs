using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>A document and the place in it that a refactoring is asked for.</summary>
internal sealed record CursorTarget(
    Document Document, SyntaxNode Root, SourceText Text, SemanticModel Model, TextSpan Span)
    : EditTarget(Document, Root, Text, Model)
{
    public Solution Solution => Document.Project.Solution;

    /// <summary>The tokens that the cursor touches: two where it stands between them.</summary>
    public IEnumerable<SyntaxToken> Tokens
    {
        get
        {
            SyntaxToken token = Root.FindToken(Span.Start);
            return new[] { token, token.GetPreviousToken() }.Where(other => other.Span.IntersectsWith(Span));
        }
    }

    /// <summary>The attribute that the cursor is in.</summary>
    public AttributeSyntax? Attribute => Tokens
        .Select(token => token.Parent?.FirstAncestorOrSelf<AttributeSyntax>())
        .FirstOrDefault(node => node is not null);

    /// <summary>The method whose name the cursor is on, or the template of one of whose routes.</summary>
    public MethodDeclarationSyntax? Method => Tokens
        .Select(token => token.Parent as MethodDeclarationSyntax).FirstOrDefault(node => node is not null)
        ?? (Attribute is { Parent.Parent: MethodDeclarationSyntax method } attribute && IsRoute(attribute)
            ? method
            : null);

    /// <summary>The type whose name the cursor is on.</summary>
    public TypeDeclarationSyntax? Type => Tokens
        .Select(token => token.Parent as TypeDeclarationSyntax is { } type && type.Identifier == token ? type : null)
        .FirstOrDefault(node => node is not null);

    /// <summary>True for an attribute of the library by one of its names.</summary>
    public bool IsOfLibrary(AttributeSyntax attribute, Func<string, bool> isMeant) =>
        Model.GetTypeInfo(attribute).Type is INamedTypeSymbol type && isMeant(type.Name)
        && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private bool IsRoute(AttributeSyntax attribute) =>
        IsOfLibrary(attribute, name => KnownNames.VerbOf(name) is not null);
}
