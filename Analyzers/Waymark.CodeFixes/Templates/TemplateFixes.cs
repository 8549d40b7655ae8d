using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

// Rules of this file: a fix edits only where the marked source is unbroken text of one literal, and writes only
// characters that every kind of literal holds as they are.

/// <summary>WM1001: puts a slash before the template.</summary>
internal sealed class PrependSlash : EditFix
{
    public override string Key => "WM1001.prepend";

    public override string TitleOf(FixTarget target) => "Start the template with '/'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.IsExact)
            return Edits(target.Insert(target.Span.Start, "/"));
        // An empty literal has no text to mark, so the whole of it is.
        return target.Root.FindNode(target.Span, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
            && literal.Token.ValueText.Length == 0 && literal.Token.IsKind(SyntaxKind.StringLiteralToken)
            ? Edits(target.Insert(target.Span.End - 1, "/"))
            : Edits();
    }
}

/// <summary>WM1002: leaves one slash of several.</summary>
internal sealed class CollapseSlashes : EditFix
{
    public override string Key => "WM1002.collapse";

    public override string TitleOf(FixTarget target) => "Remove the empty segment";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // Spelled as an escape, a slash is left to its author.
        if (!target.IsExact || target.Marked.Trim('/').Length > 0)
            return Edits();
        // The slash that ends a group's prefix goes: the route behind it has its own.
        if (target.Span.Length == 1)
            return Edits(target.Replace(target.Span, ""));

        int start = target.Span.Start;
        int end = target.Span.End;
        while (target.Before(start) == '/')
            start--;
        while (target.At(end) == '/')
            end++;
        return Edits(target.Replace(TextSpan.FromBounds(start, end), "/"));
    }
}

/// <summary>
/// WM1003: turns <c>{id}</c> into <c>:id</c>, <c>{*rest}</c> into <c>*rest</c>, <c>:1x</c> into <c>:_1x</c>.
/// </summary>
internal sealed class SpellParameter : EditFix
{
    public override string Key => "WM1003.spell";

    public override string TitleOf(FixTarget target) => $"Write '{Spell(target)}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        Spell(target) is { } spelled ? Edits(target.Replace(target.Span, spelled)) : Edits();

    private static string? Spell(FixTarget target)
    {
        string marked = target.Marked;
        if (!target.IsExact || marked.Length == 0)
            return null;
        if (char.IsDigit(marked[0]))
            return "_" + marked;
        // A name would run on into the letters behind the brace.
        if (marked[0] != '{' || marked[marked.Length - 1] != '}' || IsNamePart(target.At(target.Span.End)))
            return null;

        string inner = marked.Trim('{', '}');
        bool isCatchAll = inner.StartsWith("*", StringComparison.Ordinal) && target.Before(target.Span.Start) == '/';
        bool isOptional = inner.EndsWith("?", StringComparison.Ordinal);
        string name = NameOf(inner.TrimStart('*').Split(':', '=', '?')[0]);
        if (name.Length == 0)
            return null;
        // The colon may stand there already.
        string sigil = isCatchAll ? "*" : target.Before(target.Span.Start) == ':' ? "" : ":";
        return sigil + name + (isOptional ? "?" : "");
    }

    private static string NameOf(string text)
    {
        string name = new([.. text.Trim().Select(character => IsNamePart(character) ? character : '_')]);
        return name.Length > 0 && char.IsDigit(name[0]) ? "_" + name : name;
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';
}

/// <summary>WM1008: writes the name of the constraint that was probably meant.</summary>
internal sealed class SpellConstraint() : WriteReplacement("WM1008.spell");

/// <summary>WM1005: captures one segment where a catch-all cannot take the rest.</summary>
/// <remarks>Moving it to the end would change which paths match in a way that nobody asked for.</remarks>
internal sealed class CaptureOneSegment : EditFix
{
    public override string Key => "WM1005.segment";

    public override string TitleOf(FixTarget target) => "Capture one segment with ':'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (!target.IsExact)
            return Edits();
        if (target.Marked[0] == '*')
            return Edits(target.Replace(target.Span, ":" + target.Marked.Substring(1).TrimEnd('?')));

        // The text behind a catch-all is marked: the catch-all ends where it starts.
        int start = target.Span.Start;
        while (char.IsLetterOrDigit(target.Before(start)) || target.Before(start) == '_')
            start--;
        return target.Before(start) == '*' && start < target.Span.Start && target.Marked[0] != ':'
            ? Edits(target.Replace(new TextSpan(start - 1, 1), ":"))
            : Edits();
    }
}

/// <summary>WM1006: makes a parameter required that does not stand last.</summary>
internal sealed class DropQuestionMark : EditFix
{
    public override string Key => "WM1006.drop";

    public override string TitleOf(FixTarget target) => "Drop the '?'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.IsExact && target.Marked.EndsWith("?", StringComparison.Ordinal)
            ? Edits(target.Replace(new TextSpan(target.Span.End - 1, 1), ""))
            : Edits();
}
