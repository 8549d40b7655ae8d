using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM4004: writes a summary to start from, out of the method's name.</summary>
internal sealed class AddSummary : EditFix
{
    public override string Key => "WM4004.summary";

    public override string TitleOf(FixTarget target) => "Write a summary";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method)
            return Edits();
        string line = target.Text.Lines.GetLineFromPosition(method.SpanStart).ToString();
        string indentation = line.Substring(0, line.Length - line.TrimStart().Length);
        return Edits(target.Insert(
            method.SpanStart,
            $"/// <summary>{SentenceOf(method)}</summary>{Usings.NewlineOf(target)}{indentation}"));
    }

    /// <summary><c>FindUser</c> is "Find user."</summary>
    private static string SentenceOf(MethodDeclarationSyntax method)
    {
        var sentence = new StringBuilder();
        foreach (char character in method.Identifier.ValueText)
        {
            bool isWord = char.IsUpper(character) && sentence.Length > 0;
            if (isWord)
                sentence.Append(' ');
            sentence.Append(isWord ? char.ToLowerInvariant(character) : character);
        }

        return sentence.Append('.').ToString();
    }
}

/// <summary>WM4005: gives a documented parameter the name that it has.</summary>
internal sealed class RenameDocumented : EditFix
{
    public override string Key => "WM4005.rename";

    public override string TitleOf(FixTarget target) => $"Change to '{target.Suggestion}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.Suggestion.Length > 0 ? Edits(target.Replace(target.Span, target.Suggestion)) : Edits();
}
