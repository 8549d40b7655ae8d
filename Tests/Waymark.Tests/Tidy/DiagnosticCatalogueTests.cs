using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>Every diagnostic has its release row, its page and its tests; nothing is reported without them.</summary>
public sealed partial class DiagnosticCatalogueTests
{
    /// <summary>
    /// An error of the build and an #error of the generator: no analyzer has a rule for them, so no release file may
    /// list them.
    /// </summary>
    private static readonly string[] OfNoAnalyzer = ["WM6001", "WM6003"];

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
        Assert.Equal(
            ReportedIds().Except(OfNoAnalyzer).Where(id => !id.StartsWith("WMS", StringComparison.Ordinal)),
            rows.Order(StringComparer.Ordinal));
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

    /// <summary>Every id of a diagnostic or suppression that stands as a string in the sources.</summary>
    private static IEnumerable<string> ReportedIds() =>
        Repository.Files("Generator", ".cs").Concat(Repository.Files("Analyzers/Waymark.Analyzers", ".cs"))
            .Append("Generator/Waymark.Generator/build/Waymark.targets")
            .SelectMany(file => IdPattern().Matches(File.ReadAllText(Repository.PathOf(file))))
            .Select(match => match.Groups["id"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("\"(?<id>WM[0-9]{4}|WMS[0-9]{3})\"")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^(?<id>WM[0-9]{4}) *\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
