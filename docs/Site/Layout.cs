using System.Net;
using System.Text;

namespace Waymark.Site;

/// <summary>What stands around every page: the head, the menu, the page's own headings, the next page.</summary>
internal sealed class Layout(IReadOnlyList<Section> sections)
{
    // A page with fewer headings is seen at a glance.
    private const int HeadingsMin = 3;

    private readonly Entry[] _order = [.. sections.SelectMany(section => section.Entries)];

    /// <summary>The whole HTML of a page.</summary>
    public string Around(Page page)
    {
        string up = Link.Relative(page.Target, "");
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(TitleOf(page))}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{up}site.css">
            <script src="{up}site.js" defer></script>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the page</a>
            <header class="top">
            <a class="home" href="{up}index.html">Waymark</a>
            <label class="menu-button" for="menu">Menu</label>
            </header>
            <input type="checkbox" id="menu" aria-label="Show the menu">
            <div class="columns">
            <nav class="side" aria-label="Pages">
            {MenuOf(page)}</nav>
            <main id="content">
            {page.Html}{NextOf(page)}</main>
            {HeadingsOf(page)}</div>
            </body>
            </html>

            """;
    }

    private static string TitleOf(Page page) => page.Target == "index.html" ? page.Title : $"{page.Title} - Waymark";

    private string MenuOf(Page page)
    {
        Entry? current = EntryOf(page);
        var html = new StringBuilder();
        foreach (Section section in sections)
        {
            html.Append("<p>").Append(Encode(section.Title)).Append("</p>\n<ul>\n");
            foreach (Entry entry in section.Entries)
            {
                string mark = entry != current ? "" : entry.Source == page.Source ? " aria-current=\"page\""
                    : " aria-current=\"true\"";
                html.Append($"<li><a href=\"{UrlOf(page, entry.Source)}\"{mark}>{Encode(entry.Text)}</a></li>\n");
            }

            html.Append("</ul>\n");
        }

        return html.ToString();
    }

    /// <summary>The entry of a page; of one that the menu does not show, the entry of its folder.</summary>
    private Entry? EntryOf(Page page)
    {
        string folder = page.Source[..(page.Source.LastIndexOf('/') + 1)];
        return _order.FirstOrDefault(entry => entry.Source == page.Source)
            ?? _order.FirstOrDefault(entry => folder != "docs/" && entry.Source == folder + "README.md");
    }

    private string NextOf(Page page)
    {
        int index = Array.FindIndex(_order, entry => entry.Source == page.Source);
        if (index < 0 || index + 1 == _order.Length)
            return "";
        Entry next = _order[index + 1];
        return $"<p class=\"next\">Next: <a href=\"{UrlOf(page, next.Source)}\">{Encode(next.Text)}</a></p>\n";
    }

    private static string HeadingsOf(Page page)
    {
        Heading[] headings = [.. page.Headings.Where(heading => heading.Level == 2)];
        if (headings.Length < HeadingsMin)
            return "";
        var html = new StringBuilder("<nav class=\"page\" aria-label=\"On this page\">\n<p>On this page</p>\n<ul>\n");
        foreach (Heading heading in headings)
            html.Append($"<li><a href=\"#{heading.Id}\">{Encode(heading.Text)}</a></li>\n");
        return html.Append("</ul>\n</nav>\n").ToString();
    }

    private static string UrlOf(Page page, string source) => Link.Relative(page.Target, Sources.TargetOf(source));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
