using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What docs/refactorings.md shows is what becomes of it, and every refactoring is explained there.</summary>
public sealed partial class RefactoringPageTests
{
    private static readonly string Page = File.ReadAllText(FindPage());

    /// <summary>The key of a section, the source before and after.</summary>
    public static TheoryData<string, string, string> Sections
    {
        get
        {
            var sections = new TheoryData<string, string, string>();
            foreach (string section in Page.Split("\n## ").Skip(1))
            {
                string key = SectionKey().Match(section).Groups[1].Value;
                List<string> blocks = [.. CodeBlock().Matches(section).Select(match => match.Groups[1].Value)];
                Assert.Equal(2, blocks.Count);
                sections.Add(key, blocks[0], blocks[1]);
            }

            return sections;
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task An_example_of_the_page_is_true(string key, string before, string after) =>
        Assert.Contains(after, await new Refactor
        {
            Libraries = [AspNet.Reference],
            IsGenerated = key.StartsWith("link", StringComparison.Ordinal),
        }.ResultsAsync(key, before));

    [Fact]
    public void Every_refactoring_has_a_section_and_is_exported()
    {
        IEnumerable<string> keys = typeof(CodeFixes.Refactorings.RefactoringProvider).Assembly.GetTypes()
            .Where(type => type.Namespace is { } space
                && space.StartsWith("Waymark.CodeFixes.Refactorings", StringComparison.Ordinal))
            .Select(type => type.GetField("Key", BindingFlags.Public | BindingFlags.Static))
            .Where(field => field is { IsLiteral: true })
            .Select(field => (string)field!.GetRawConstantValue()!);
        Assert.Equal(keys.Order(), Sections.Select(row => row.Data.Item1).Order());
        Assert.NotEmpty(Refactor.Providers);
        Assert.All(Refactor.Providers, provider =>
            Assert.NotNull(provider.GetType().GetCustomAttribute<ExportCodeRefactoringProviderAttribute>()));
    }

    [GeneratedRegex("<!-- ([a-z.]+) -->")]
    private static partial Regex SectionKey();

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static string FindPage()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Toolkit.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "docs", "refactorings.md");
    }
}
