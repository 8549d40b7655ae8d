using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>The page of log events says what the source does, all of it and nothing else.</summary>
/// <remarks>To bring the page up to date: WAYMARK_ACCEPT=1, then read the diff.</remarks>
public sealed class EventCatalogueTests
{
    private const string Page = "docs/reference/events.md";

    /// <summary>The level of an event that the code is given at run time.</summary>
    private const string ByOption = "by option";

    private const string Head = "| id | level | event | message |\n|---|---|---|---|\n";

    private static readonly List<(int Id, string Level, string Name, string Message)> Events =
        [.. Repository.Files("Runtime", ".cs").SelectMany(file => Read(File.ReadAllText(Repository.PathOf(file))))
            .OrderBy(logged => logged.Id)];

    [Fact]
    public void Every_event_has_an_id_of_its_own()
    {
        Assert.True(Events.Count > 40, $"{Events.Count} events were found");
        Assert.Empty(Events.GroupBy(logged => logged.Id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void The_rows_of_the_page_are_the_events_of_the_source()
    {
        string rows = string.Concat(Events.Select(logged =>
            $"| {logged.Id} | {logged.Level} | {logged.Name} | {Cell(logged.Message)} |\n"));
        string path = Repository.PathOf(Page);
        string page = File.ReadAllText(path);
        int start = page.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        bool isBuildMachine = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        if (Environment.GetEnvironmentVariable("WAYMARK_ACCEPT") == "1" && !isBuildMachine)
            File.WriteAllText(path, page = page[..start] + rows);
        Assert.Equal(rows, page[start..]);
    }

    [Fact]
    public void An_event_is_read_from_its_attribute()
    {
        (int Id, string Level, string Name, string Message) found = Assert.Single(Read(
            "static partial class L { [LoggerMessage(7, LogLevel.Error, \"a {B}\" + \" c\")] static partial void Said(int b); }"));
        Assert.Equal((7, "Error", "Said", "a {B} c"), found);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<(int Id, string Level, string Name, string Message)> Read(string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (attribute.Name.ToString() != "LoggerMessage")
                continue;
            SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList!.Arguments;
            var method = (MethodDeclarationSyntax)attribute.Parent!.Parent!;
            yield return (
                (int)((LiteralExpressionSyntax)arguments[0].Expression).Token.Value!,
                arguments[1].Expression is MemberAccessExpressionSyntax level ? level.Name.ToString() : ByOption,
                method.Identifier.ToString(),
                string.Concat(arguments[^1].Expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
                    .Select(literal => literal.Token.ValueText)));
        }
    }
}
