using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waymark.Http.Parsing;
using Waymark.Http.Problems;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>Every kind of problem has its page, and no other kind is ever written.</summary>
public sealed partial class ProblemCatalogueTests
{
    private const string Prefix = "urn:waymark:problem:";
    private const string TypeFile = "Runtime/Waymark/Http/Problems/ProblemType.cs";
    private const string TableFile = "Runtime/Waymark/Http/Problems/ProblemTypes.cs";

    public static TheoryData<string> Slugs => new(ProblemTypes.All.Select(type => type.Slug));

    [Fact]
    public void The_pages_are_exactly_the_kinds()
    {
        Assert.Equal(
            ProblemTypes.All.Select(type => type.Slug).Order(StringComparer.Ordinal),
            Repository.Files("docs/problems", ".md").Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => name != "README").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_rows_of_the_index_are_exactly_the_kinds()
    {
        string index = File.ReadAllText(Repository.PathOf("docs/problems/README.md"));
        Assert.Equal(
            ProblemTypes.All.Select(type => $"| [{type.Slug}]({type.Slug}.md) | {type.Title} | {type.Status} |")
                .Order(),
            index.Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_page_names_its_kind_and_shows_an_answer_with_its_type_title_and_status(string slug)
    {
        ProblemType type = ProblemTypes.All.Single(other => other.Slug == slug);
        string page = File.ReadAllText(Repository.PathOf($"docs/problems/{slug}.md"));
        Assert.StartsWith($"# {slug}: {type.Title} ({type.Status})\n", page, StringComparison.Ordinal);
        Assert.Contains("## What to do\n", page, StringComparison.Ordinal);
        using JsonDocument example = JsonDocument.Parse(ExamplePattern().Match(page).Groups["json"].Value);
        Assert.Equal(type.Uri, example.RootElement.GetProperty("type").GetString());
        Assert.Equal(type.Title, example.RootElement.GetProperty("title").GetString());
        Assert.Equal(type.Status, example.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public void A_kind_is_made_in_the_table_alone_and_its_URI_in_its_type_alone()
    {
        string[] sources = [.. Repository.Files("Runtime", ".cs"), .. Repository.Files("Generator", ".cs")];
        Assert.Equal([TypeFile], sources.Where(file => HasCode(file, "\"" + Prefix)));
        Assert.DoesNotContain(sources, file => HasCode(file, "new ProblemType("));
        Assert.Equal([TypeFile], sources.Where(file => HasCode(file, "about:blank\"")));
        Assert.DoesNotContain(sources, file => file != TableFile && MadeElsewherePattern().IsMatch(Text(file)));
    }

    [Fact]
    public void The_table_is_complete_and_every_slug_and_URI_stands_in_it_once()
    {
        IEnumerable<ProblemType> fields = typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ProblemType>();
        Assert.Subset(ProblemTypes.All.ToHashSet(), fields.ToHashSet());
        Assert.Equal(ProblemTypes.All.Count, ProblemTypes.All.Select(type => type.Slug).Distinct().Count());
        Assert.All(ProblemTypes.All, type =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", type.Slug);
            Assert.Matches("^[A-Za-z ]+$", type.Title);
            Assert.Equal(Prefix + type.Slug, type.Uri);
            Assert.InRange(type.Status, 400, 599);
        });
    }

    [Fact]
    public void Every_refusal_is_of_a_kind_with_its_status()
    {
        Assert.All(Enum.GetValues<RequestRejection>(), rejection =>
        {
            ProblemType type = Refusals.TypeOf(rejection);
            Assert.Contains(type, ProblemTypes.All);
            Assert.Equal(Refusals.StatusOf(rejection), type.Status);
        });
    }

    private static bool HasCode(string file, string text) => Text(file).Contains(text, StringComparison.Ordinal);

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file));

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"ProblemType\??(\[\])? \w+ *=>? *new\b")]
    private static partial Regex MadeElsewherePattern();
}
