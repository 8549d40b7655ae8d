using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Templates;

/// <summary>WM1008: writes the method of an unknown constraint, to be filled in.</summary>
internal sealed class WriteConstraint : EditFix
{
    private const string Space = "System";
    private const string SpanType = "ReadOnlySpan";

    public override string Key => "WM1008.method";

    public override string TitleOf(FixTarget target) => $"Write a method for the constraint '{target.Marked}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FixTarget target in targets)
        {
            // One method serves all templates of a project.
            if (FindType(target) is { } type && names.Add(target.Marked))
                edits.AddRange(Write(target, type, stop));
        }

        return Task.FromResult<IReadOnlyList<SourceEdit>>(edits);
    }

    /// <summary>The class that the method goes into; null where the marked text is no name, or no class takes it.
    /// </summary>
    private static TypeDeclarationSyntax? FindType(FixTarget target) =>
        target.IsExact && SyntaxFacts.IsValidIdentifier(target.Marked)
        && target.Root.FindNode(target.Span, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type is not InterfaceDeclarationSyntax
        && !type.CloseBraceToken.IsKind(SyntaxKind.None)
        && !type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Any(outer => outer.TypeParameterList is not null)
            ? type
            : null;

    private static IEnumerable<SourceEdit> Write(FixTarget target, TypeDeclarationSyntax type, CancellationToken stop)
    {
        if (Usings.Add(target, type.SpanStart, SpanType, Space) is { } import)
            yield return import;
        string name = target.Marked;
        string method = "Is" + char.ToUpperInvariant(name[0]) + name.Substring(1);
        if (target.Model.GetDeclaredSymbol(type, stop) is { } symbol)
        {
            while (symbol.GetMembers(method).Length > 0)
                method += "Constraint";
        }

        string attribute = $"[Constraint(\"{name}\")]";
        string declaration =
            $"internal static bool {method}({SpanType}<byte> value) => throw new NotImplementedException();";
        TextLine line = target.Text.Lines.GetLineFromPosition(type.CloseBraceToken.SpanStart);
        string indent = target.Text.ToString(TextSpan.FromBounds(line.Start, type.CloseBraceToken.SpanStart));
        if (indent.Trim().Length > 0)
        {
            yield return target.Insert(type.CloseBraceToken.SpanStart, $"{attribute} {declaration} ");
            yield break;
        }

        string newline = Usings.NewlineOf(target);
        string inner = indent + "    ";
        yield return target.Insert(
            line.Start, newline + inner + attribute + newline + inner + declaration + newline);
    }
}

/// <summary>WM1009: swaps the bounds of <c>range(9,1)</c>, where that is all that is wrong.</summary>
internal sealed class SwapBounds : EditFix
{
    private static readonly Regex Bounds = new(
        @"^(range|len)\(( *-?[0-9]+ *),( *-?[0-9]+ *)\)$", RegexOptions.CultureInvariant);

    public override string Key => "WM1009.swap";

    public override string TitleOf(FixTarget target) => $"Write '{Swap(target)}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.IsExact && Swap(target) is { } swapped && IsRight(swapped)
            ? Edits(target.Replace(target.Span, swapped))
            : Edits();

    private static string? Swap(FixTarget target) => Bounds.Match(target.Marked) is { Success: true } match
        ? string.Format(
            CultureInfo.InvariantCulture, "{0}({1},{2})", match.Groups[1], match.Groups[3], match.Groups[2])
        : null;

    private static bool IsRight(string constraint) =>
        TemplateParser.Parse($"/:x<{constraint}>").Problems.Count == 0;
}

/// <summary>WM1009: leaves out empty parentheses: <c>int()</c>.</summary>
internal sealed class DropParentheses : EditFix
{
    private const string Empty = "()";

    public override string Key => "WM1009.drop";

    public override string TitleOf(FixTarget target) => $"Write '{target.Marked.Replace(Empty, "")}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (!target.IsExact || !target.Marked.EndsWith(Empty, StringComparison.Ordinal))
            return Edits();
        var parentheses = new TextSpan(target.Span.End - Empty.Length, Empty.Length);
        // A constraint that needs an argument is not right without one either.
        string name = target.Marked.Substring(0, target.Marked.Length - Empty.Length);
        return TemplateParser.Parse($"/:x<{name}>").Problems.Count == 0
            ? Edits(target.Replace(parentheses, ""))
            : Edits();
    }
}
