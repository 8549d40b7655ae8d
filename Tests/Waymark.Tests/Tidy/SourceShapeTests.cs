using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>The measurable rules of CONTRIBUTING: lengths, no regions, no unfinished marks.</summary>
public sealed class SourceShapeTests
{
    private const int FileLinesMax = 400;
    private const int LineLengthMax = 120;
    private const int MethodLinesMax = 60;

    private static readonly string[] Folders = ["Runtime", "Generator", "Analyzers", "Samples", "Tests", "docs"];

    public static TheoryData<string> Sources => new(
        Folders
            .SelectMany(folder => Repository.Files(folder, ".cs"))
            .Where(file => !file.Contains(".verified.", StringComparison.Ordinal)
                && !file.Contains(".received.", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_file_keeps_the_lengths_and_leaves_nothing_unfinished(string file)
    {
        string text = File.ReadAllText(Repository.PathOf(file));
        Assert.Equal("", string.Join('\n', Offences(text)));
    }

    [Theory]
    [InlineData("class C { }\n", 0)]
    [InlineData("#region X\nclass C { }\n#endregion\n", 1)]
    [InlineData("class C { } // FIXME later\n", 1)]
    [InlineData("class C { } // TODO tidy\n", 1)]
    [InlineData("class C { } // TODO(#7): tidy\n", 0)]
    [InlineData("class C { }\r\n", 1)]
    public void The_rules_see_what_they_should(string text, int count)
    {
        Assert.Equal(count, Offences(text).Count());
    }

    [Fact]
    public void The_rules_see_what_is_too_long()
    {
        string wide = "// " + new string('x', LineLengthMax);
        string tall = string.Concat(Enumerable.Repeat("// x\n", FileLinesMax + 1));
        string calls = string.Concat(Enumerable.Repeat("M();\n", MethodLinesMax));
        string method = $"class C {{ void M()\n{{\n{calls}}}\n}}\n";
        Assert.Single(Offences(wide));
        Assert.Single(Offences($"class C {{ string {new string('s', LineLengthMax)} = \"\"; }}"));
        Assert.Empty(Offences($"class C {{ string S = \"{new string('s', LineLengthMax)}\"; }}"));
        Assert.Single(Offences(tall));
        Assert.Single(Offences(method));
    }

    /// <summary>A string literal may run over: broken up, a row of data or a message reads worse.</summary>
    private static bool IsInText(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position);
        return token.Span.Contains(position) && (token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.Utf8StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
            || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken));
    }

    private static IEnumerable<string> Offences(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length > FileLinesMax)
            yield return $"{lines.Length} lines; {FileLinesMax} at most";
        if (text.Contains('\r', StringComparison.Ordinal) && !text.Contains("\\r", StringComparison.Ordinal))
            yield return "a carriage return ends a line";
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        for (int index = 0, start = 0; index < lines.Length; start += lines[index].Length + 1, index++)
        {
            if (lines[index].Length > LineLengthMax && !IsInText(root, start + LineLengthMax))
                yield return $"line {index + 1}: {lines[index].Length} columns; {LineLengthMax} at most";
        }

        foreach (SyntaxTrivia trivia in root.DescendantTrivia(descendIntoTrivia: true))
        {
            string content = trivia.ToString();
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
                yield return "a #region";
            bool isComment = trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
                || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
            if (isComment && content.Contains("FIXME", StringComparison.Ordinal))
                yield return content;
            if (isComment && content.Contains("TODO", StringComparison.Ordinal)
                && !content.Contains("TODO(#", StringComparison.Ordinal))
            {
                yield return $"{content}: a TODO names its issue, as in TODO(#7)";
            }
        }

        foreach (BaseMethodDeclarationSyntax method in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
        {
            FileLinePositionSpan span = root.SyntaxTree.GetLineSpan(method.Span);
            int count = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (count > MethodLinesMax)
            {
                yield return $"line {span.StartLinePosition.Line + 1}: a method of {count} lines; "
                    + $"{MethodLinesMax} at most";
            }
        }
    }
}
