using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Places;

namespace Waymark.CodeFixes.Editing;

/// <summary>A diagnostic, and the document and tree that it lies in.</summary>
internal sealed record FixTarget(
    Document Document, SyntaxNode Root, SourceText Text, SemanticModel Model, Diagnostic Diagnostic)
    : EditTarget(Document, Root, Text, Model)
{
    public TextSpan Span => Diagnostic.Location.SourceSpan;

    /// <summary>The source that is marked.</summary>
    public string Marked => Text.ToString(Span);

    /// <summary>True where the marked source is unbroken text of one string literal.</summary>
    public bool IsExact => Diagnostic.Properties.ContainsKey(Place.ExactProperty);

    /// <summary>The capture, parameter or type that the diagnostic is about; "" where it is about none.</summary>
    public string Name => Diagnostic.Properties.TryGetValue(Place.NameProperty, out string? name) ? name ?? "" : "";

    /// <summary>The name that was probably meant; "" where none is near enough.</summary>
    public string Suggestion =>
        Diagnostic.Properties.TryGetValue(Place.SuggestionProperty, out string? name) ? name ?? "" : "";

    /// <summary>The method that the diagnostic lies in.</summary>
    public MethodDeclarationSyntax? Method =>
        Root.FindNode(Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<MethodDeclarationSyntax>();

    /// <summary>The parameter that the diagnostic lies in.</summary>
    public ParameterSyntax? Parameter =>
        Root.FindNode(Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<ParameterSyntax>();

    /// <summary>The character before a place, or <c>\0</c>.</summary>
    public char Before(int position) => position > 0 ? Text[position - 1] : '\0';

    /// <summary>The character at a place, or <c>\0</c>.</summary>
    public char At(int position) => position < Text.Length ? Text[position] : '\0';

    public static async Task<FixTarget?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken stop) =>
        await FindAsync(document, stop).ConfigureAwait(false) is { } target
            ? new FixTarget(target.Document, target.Root, target.Text, target.Model, diagnostic)
            : null;
}
