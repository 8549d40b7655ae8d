using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Mounts;

/// <summary>WM5014: writes the prefix of a mount with one slash in front and none behind.</summary>
internal sealed class SpellMountPrefix : EditFix
{
    public override string Key => "WM5014.spell";

    public override string TitleOf(FixTarget target) => $"Write \"{Spell(FindLiteral(target))}\"";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindLiteral(target) is { } literal && Spell(literal) is { } spelled
            ? Edits(target.Replace(literal.Span, $"\"{spelled}\""))
            : Edits();

    private static LiteralExpressionSyntax? FindLiteral(FixTarget target) =>
        target.Root.FindNode(target.Span).FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList?.Arguments
            is [{ Expression: LiteralExpressionSyntax literal }]
            // As it is spelled: escapes are left to their author.
            && literal.Token.IsKind(SyntaxKind.StringLiteralToken)
            && literal.Token.Text == $"\"{literal.Token.ValueText}\""
            ? literal
            : null;

    /// <summary>The prefix with its slashes put right; null where that is not all that is wrong.</summary>
    private static string? Spell(LiteralExpressionSyntax? literal)
    {
        if (literal is null)
            return null;
        string written = literal.Token.ValueText;
        string spelled = "/" + Regex.Replace(written.Trim('/'), "/+", "/");
        Template template = TemplateParser.Parse(spelled);
        return spelled.Length > 1 && spelled != written && template.Problems.Count == 0 && !template.Captures.Any()
            ? spelled
            : null;
    }
}
