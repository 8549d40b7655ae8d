using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>Every diagnostic has its release row, its page and its tests; nothing is reported without them.</summary>
public sealed partial class DiagnosticCatalogueTests
{
    /// <summary>An #error of the generator: no analyzer has a rule for it, so no release file may list it.</summary>
    private const string GeneratorFailure = "WM6003";

    private static readonly string[] ReleaseFiles =
    [
        "Analyzers/Waymark.Analyzers/AnalyzerReleases.Shipped.md",
        "Analyzers/Waymark.Analyzers/AnalyzerReleases.Unshipped.md",
    ];

    public static TheoryData<string> Ids => new(ReportedIds());

    [Fact]
    public void The_release_rows_are_exactly_the_reported_diagnostics()
    {
        IEnumerable<string> rows = ReleaseFiles
            .SelectMany(file => RowPattern().Matches(File.ReadAllText(Repository.PathOf(file))))
            .Select(match => match.Groups["id"].Value);
        Assert.Equal(ReportedIds().Where(id => id != GeneratorFailure), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_pages_are_exactly_the_reported_diagnostics()
    {
        Assert.Equal(
            ReportedIds(),
            Repository.Files("docs/diagnostics", ".md").Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => name.StartsWith("WM", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_diagnostic_has_a_page_that_starts_with_its_id_and_a_test_that_names_it(string id)
    {
        string page = File.ReadAllText(Repository.PathOf($"docs/diagnostics/{id}.md"));
        Assert.StartsWith($"# {id}", page, StringComparison.Ordinal);
        Assert.Contains(
            Repository.Files("Tests", ".cs").Where(file => !file.Contains("/Tidy/", StringComparison.Ordinal)),
            file => File.ReadAllText(Repository.PathOf(file)).Contains(id, StringComparison.Ordinal));
    }

    /// <summary>Every id that stands as a string in the sources of rules and generator.</summary>
    private static IEnumerable<string> ReportedIds() =>
        Repository.Files("Generator", ".cs").Concat(Repository.Files("Analyzers/Waymark.Analyzers", ".cs"))
            .SelectMany(file => IdPattern().Matches(File.ReadAllText(Repository.PathOf(file))))
            .Select(match => match.Groups["id"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("\"(?<id>WM[0-9]{4})\"")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^(?<id>WM[0-9]{4}) *\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
