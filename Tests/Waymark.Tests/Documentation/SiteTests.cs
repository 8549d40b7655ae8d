using Waymark.Site;
using Waymark.TestSupport;

namespace Waymark.Tests.Documentation;

/// <summary>The documentation as a site: every link leads somewhere, and nothing comes from elsewhere.</summary>
public sealed class SiteTests
{
    private static readonly SiteBuilder Site = SiteBuilder.Load(Repository.Root);

    [Fact]
    public void Every_link_leads_to_a_page_and_every_page_is_reached()
    {
        Assert.True(Site.Pages.Count > 150, $"{Site.Pages.Count} pages were found");
        Assert.Equal("", string.Join('\n', LinkCheck.Find(Site.Pages)));
    }

    [Theory]
    [InlineData("[a](other.md) [b](guide.md)", "docs/README.md: the link other.md leads to no page.")]
    [InlineData("[a](guide.md#nowhere)", "docs/README.md: docs/guide.md has no heading #nowhere.")]
    [InlineData("[a](guide.md#a-part) [b](#title)", "docs/README.md: docs/README.md has no heading #title.")]
    [InlineData("no link", "docs/guide.md: no link leads to it.")]
    [InlineData("[a](guide.md#a-part)", "")]
    [InlineData("[a](../docs/./guide.md) [b](https://example.com/)", "")]
    public void What_is_wrong_with_a_link_is_found(string text, string problem)
    {
        HashSet<string> sources = ["docs/README.md", "docs/guide.md"];
        Page[] pages =
        [
            Page.Parse("docs/README.md", $"# Title\n\n{text}\n", sources),
            Page.Parse("docs/guide.md", "# Guide\n\n## A part\n", sources),
        ];

        Assert.Equal(problem, string.Join('\n', LinkCheck.Find(pages)));
    }

    [Fact]
    public void A_link_to_Markdown_becomes_one_to_the_page_of_it()
    {
        HashSet<string> sources = ["docs/README.md", "docs/guide/tls.md", "docs/diagnostics/README.md", "SECURITY.md"];
        Page page = Page.Parse(
            "docs/guide/tls.md",
            "# T\n\n[a](../README.md#x) [b](../diagnostics/README.md) [c](../../SECURITY.md) [d](#y)\n",
            sources);

        Assert.Contains("<a href=\"../index.html#x\">a</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../diagnostics/index.html\">b</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../SECURITY.html\">c</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../guide/tls.html#y\">d</a>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_hold_what_the_links_of_the_html_say()
    {
        using var folder = new TemporaryFolder();
        Site.Write(folder.Path);
        foreach (Page page in Site.Pages)
        {
            string html = File.ReadAllText(Path.Combine(folder.Path, page.Target));
            string place = Path.GetDirectoryName(Path.Combine(folder.Path, page.Target))!;
            foreach (string url in Attributes(html, "href").Concat(Attributes(html, "src")))
            {
                if (url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith('#'))
                    continue;
                if (url.StartsWith("https://", StringComparison.Ordinal))
                    continue;
                Assert.True(File.Exists(Path.Combine(place, url.Split('#')[0])), $"{page.Target}: {url}");
            }
        }
    }

    [Fact]
    public void A_page_loads_nothing_from_elsewhere()
    {
        foreach (Page page in Site.Pages)
        {
            string html = Site.HtmlOf(page);
            string head = html[..html.IndexOf("</head>", StringComparison.Ordinal)];
            Assert.DoesNotContain("://", head, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
            Assert.Single(Attributes(html, "src"));
        }
    }

    [Fact]
    public void The_menu_shows_the_entries_of_the_first_page_in_their_order()
    {
        string html = Site.HtmlOf(Site.Pages.Single(page => page.Source == "docs/guide/tls.md"));
        int tutorial = html.IndexOf("<a href=\"../tutorial.html\">Tutorial</a>", StringComparison.Ordinal);
        int current = html.IndexOf("<a href=\"../guide/tls.html\" aria-current=\"page\">", StringComparison.Ordinal);
        Assert.InRange(tutorial, 0, current);
    }

    [Fact]
    public void Code_is_coloured_and_stays_the_same_text()
    {
        string html = CSharpColours.Of("var a = \"<b>\"; // c & d\nint n = 1_000;");

        Assert.Equal(
            "<span class=\"k\">var</span> a = <span class=\"s\">&quot;&lt;b&gt;&quot;</span>; "
            + "<span class=\"c\">// c &amp; d</span>\n<span class=\"k\">int</span> n = <span class=\"n\">1_000</span>;",
            html);
    }

    [Fact]
    public void A_bar_in_a_table_is_a_bar_and_sentences_are_marked()
    {
        Page page = Page.Parse(
            "docs/a.md", $"# T\n\n| a | b |\n|---|---|\n| `x\\|y` | {new string('z', 70)} |\n", new HashSet<string>());

        Assert.Contains("<code>x|y</code>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"table\"><table class=\"long\">", page.Html, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Attributes(string html, string name) =>
        html.Split($" {name}=\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]);

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("waymark-site-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
