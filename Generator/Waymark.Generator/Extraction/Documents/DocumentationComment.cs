using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Generator.Extraction.Documents;

/// <summary>A documentation comment, read from the source as it stands.</summary>
/// <remarks>
/// Without GenerateDocumentationFile the compiler takes these comments for plain ones, and a symbol has no
/// documentation: so the text before the declaration is read. A comment that is no XML says nothing.
/// </remarks>
internal sealed class DocumentationComment
{
    private static readonly DocumentationComment None = new(new XElement("doc"));

    private readonly XElement _root;

    private DocumentationComment(XElement root) => _root = root;

    /// <summary>The comment of a symbol; an empty one where it has none or comes from another assembly.</summary>
    public static DocumentationComment Of(ISymbol symbol)
    {
        string text = "";
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            string found = TextBefore(DeclarationOf(reference.GetSyntax()));
            // Of several parts the first by text counts, whatever the order of the files.
            if (found.Length > 0 && (text.Length == 0 || string.CompareOrdinal(found, text) < 0))
                text = found;
        }

        return text.Length == 0 ? None : Parse(text);
    }

    /// <summary>An element of its top as CommonMark; "" where it is missing.</summary>
    public string Markdown(string name) => Markdown(_root.Element(name));

    /// <summary>An element of its top as plain text on one line; "" where it is missing.</summary>
    public string Plain(string name) => Plain(_root.Element(name));

    /// <summary>The elements of a name, by one of their attributes, as CommonMark or as plain text.</summary>
    public IEnumerable<(string Key, string Text)> All(string name, string attribute, bool isMarkdown) =>
        from element in _root.Elements(name)
        let key = element.Attribute(attribute)?.Value
        where !string.IsNullOrWhiteSpace(key)
        let text = isMarkdown ? Markdown(element) : Plain(element)
        where text.Length > 0
        select (key!.Trim(), text);

    private static string Markdown(XElement? element) =>
        element is null ? "" : DocumentationText.Markdown(element);

    private static string Plain(XElement? element) => element is null ? "" : DocumentationText.Plain(element);

    private static DocumentationComment Parse(string text)
    {
        try
        {
            return new DocumentationComment(XElement.Parse($"<doc>{text}</doc>", LoadOptions.PreserveWhitespace));
        }
        catch (XmlException)
        {
            return None;
        }
    }

    private static SyntaxNode DeclarationOf(SyntaxNode node) => node is VariableDeclaratorSyntax
        ? node.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>() ?? node
        : node;

    private static string TextBefore(SyntaxNode declaration)
    {
        var text = new StringBuilder();
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            switch (trivia.Kind())
            {
                case SyntaxKind.SingleLineDocumentationCommentTrivia:
                case SyntaxKind.MultiLineDocumentationCommentTrivia:
                    Append(text, trivia.ToFullString());
                    break;
                case SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia:
                    string comment = trivia.ToString();
                    if (IsDocumentation(comment))
                        Append(text, comment);
                    break;
            }
        }

        return text.ToString();
    }

    private static bool IsDocumentation(string comment) =>
        (comment.StartsWith("///", StringComparison.Ordinal)
            && !comment.StartsWith("////", StringComparison.Ordinal))
        || (comment.StartsWith("/**", StringComparison.Ordinal) && comment.Length > 4
            && comment[3] is not ('*' or '/'));

    private static void Append(StringBuilder text, string comment)
    {
        foreach (string written in comment.Replace("\r", "").Split('\n'))
        {
            string line = written.TrimStart();
            if (line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith("/**", StringComparison.Ordinal))
                line = line.Substring(3);
            else if (line.StartsWith("*", StringComparison.Ordinal) && !line.StartsWith("*/", StringComparison.Ordinal))
                line = line.Substring(1);
            string trimmed = line.TrimEnd();
            if (trimmed.EndsWith("*/", StringComparison.Ordinal))
                line = trimmed.Substring(0, trimmed.Length - 2);
            // The space behind the slashes is no part of the text; what follows it is, in a block of code.
            text.Append(line.StartsWith(" ", StringComparison.Ordinal) ? line.Substring(1) : line).Append('\n');
        }
    }
}
