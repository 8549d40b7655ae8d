using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Analyzers.Tests.Harness;
using Waymark.CodeFixes.Projects;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// What the generator leaves out always shows a diagnostic, and every diagnostic is tested and explained.
/// </summary>
public sealed partial class CompletenessTests
{
    private static readonly string Root = FindRoot();

    private static readonly string[] SharedFolders = ["Templates", "Extraction"];

    private static readonly string[] GeneratedNames = ["Mount<", "Routes.Table", "Routes.Links"];

    private static readonly IReadOnlyList<string> Reported =
        [.. new RouteAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)];

    private static readonly IReadOnlyList<string> FixedIds =
    [
        .. Fix.Providers.SelectMany(provider => provider.FixableDiagnosticIds),
        .. new BrokenApiFixProvider().FixableDiagnosticIds,
        .. new UnshippedRouteFixProvider().FixableDiagnosticIds,
    ];

    [Fact]
    public void Every_problem_of_the_shared_reading_has_a_diagnostic()
    {
        string generator = Path.Combine(Root, "Generator", "Waymark.Generator");
        IEnumerable<string> ids = SharedFolders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(generator, folder), "*.cs"))
            .SelectMany(file => QuotedId().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.NotEmpty(ids);
        Assert.Empty(ids.Except(Reported));
    }

    [Fact]
    public void Every_diagnostic_has_an_id_of_its_own_and_a_page()
    {
        Assert.Equal(Reported.Distinct(), Reported);
        Assert.All(new RouteAnalyzer().SupportedDiagnostics, descriptor =>
        {
            string page = File.ReadAllText(Path.Combine(Root, descriptor.HelpLinkUri));
            Assert.StartsWith($"# {descriptor.Id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains("## Wrong", page, StringComparison.Ordinal);
            Assert.Contains("## Right", page, StringComparison.Ordinal);
        });
        string index = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md"));
        Assert.All(new RouteAnalyzer().SupportedDiagnostics, descriptor => Assert.Contains(
            $"\n| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.Title} | {SeverityOf(descriptor)} | ",
            index, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_diagnostic_is_in_the_release_notes_of_the_analyzers()
    {
        string folder = Path.Combine(Root, "Analyzers", "Waymark.Analyzers");
        string rows = File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Shipped.md"));
        Assert.All(new RouteAnalyzer().SupportedDiagnostics, descriptor => Assert.Contains(
            $"\n{descriptor.Id} | {descriptor.Category} | {SeverityOf(descriptor)} | {descriptor.Title}",
            rows, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_diagnostic_is_seen_to_fire_in_a_test()
    {
        string tests = string.Concat(Directory
            .EnumerateFiles(Path.Combine(Root, "Tests", "Waymark.Analyzers.Tests"), "*.cs")
            .Select(File.ReadAllText));
        Assert.All(Reported, id => Assert.True(
            Regex.IsMatch(tests, $"\\{{\\s*\"{id}\",")
            || tests.Contains($"{{|{id}:", StringComparison.Ordinal), id));
    }

    /// <summary>The list says "no" where there is none; every key of a fix stands in a test.</summary>
    [Fact]
    public void Every_fix_is_listed_and_tested()
    {
        string index = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md"));
        Assert.All(new RouteAnalyzer().SupportedDiagnostics, descriptor =>
        {
            bool hasFix = FixedIds.Contains(descriptor.Id);
            Assert.Contains(
                $"| {descriptor.Category} | {(hasFix ? "yes" : "no")} |\n",
                index[index.IndexOf($"\n| [{descriptor.Id}]", StringComparison.Ordinal)..].Split('\n')[1] + "\n",
                StringComparison.Ordinal);
        });
        string tests = string.Concat(Directory
            .EnumerateFiles(Path.Combine(Root, "Tests", "Waymark.Analyzers.Tests"), "*.cs")
            .Select(File.ReadAllText));
        Assert.All(Fix.Providers.SelectMany(provider => provider.Fixes), fix =>
            Assert.Contains($"\"{fix.Key}\"", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fix_is_exported_for_a_known_diagnostic()
    {
        Assert.NotEmpty(Fix.Providers);
        Assert.All(Fix.Providers, provider =>
        {
            Assert.NotNull(provider.GetType().GetCustomAttribute<
                Microsoft.CodeAnalysis.CodeFixes.ExportCodeFixProviderAttribute>());
            Assert.Contains(provider.FixableDiagnosticIds.Single(), Reported);
            Assert.All(provider.Fixes, fix =>
                Assert.StartsWith(provider.FixableDiagnosticIds[0] + ".", fix.Key, StringComparison.Ordinal));
        });
    }

    /// <summary>
    /// The wrong example of a page shows its diagnostic, the right one nothing at all. Of two code blocks in a section
    /// the first is the assembly "Billing", which the second references.
    /// </summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_examples_of_a_page_are_true(string id)
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(Root, "docs", "diagnostics", id + ".md"), TestContext.Current.CancellationToken);
        Assert.Contains(id, (await AnalyseAsync(page, "Wrong")).Select(diagnostic => diagnostic.Id));
        // What is off by default is right to be missing from an example of something else.
        Assert.Empty((await AnalyseAsync(page, "Right"))
            .Where(diagnostic => diagnostic.Id == id || diagnostic.Descriptor.IsEnabledByDefault)
            .Select(diagnostic => diagnostic.ToString()));
    }

    public static TheoryData<string> Pages => [.. Reported];

    private static string SeverityOf(DiagnosticDescriptor descriptor) =>
        descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled";

    private static string[] BlocksOf(string text)
    {
        string[] blocks = [.. CodeBlock().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.InRange(blocks.Length, 1, 2);
        return blocks;
    }

    private static async Task<List<Diagnostic>> AnalyseAsync(string page, string section)
    {
        string text = page.Split($"\n## {section}\n")[1].Split("\n## ")[0];
        string[] blocks = BlocksOf(text);
        string block = blocks[^1];
        IEnumerable<MetadataReference> libraries =
            blocks[..^1].Select(library => Library.Compile("Billing", library));
        bool isProgram = block.StartsWith("Hello();", StringComparison.Ordinal)
            || block.StartsWith("Console.", StringComparison.Ordinal)
            || block.StartsWith("await ", StringComparison.Ordinal);
        OutputKind output = isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        Solution solution = Harness.Project.Create(
            ["using System.Text.Json.Serialization;\n" + block], output, libraries: libraries);
        if (TextBlock().Match(text) is { Success: true } shipped)
            solution = Harness.Project.WithShippedApi(solution, shipped.Groups[1].Value);
        if (text.Contains("<LangVersion>11<", StringComparison.Ordinal))
            solution = Harness.Project.InLanguage(solution, LanguageVersion.CSharp11);
        // What is mounted, what mounts it, and what is served are generated classes.
        if (GeneratedNames.Any(block.Contains))
            solution = await Harness.Project.GenerateAsync(solution);
        string errors = await Harness.Project.CompilerErrorsAsync(solution);
        // The members of a context are written by the generator of System.Text.Json, which does not run here.
        Assert.Equal(block.Contains("JsonSerializerContext;", StringComparison.Ordinal) ? "CS0534 CS7036" : "", errors);
        return await Harness.Project.AnalyseAsync(solution);
    }

    [GeneratedRegex("\"(WM[0-9]{4})\"")]
    private static partial Regex QuotedId();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Toolkit.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds Toolkit.sln.");
    }
}
