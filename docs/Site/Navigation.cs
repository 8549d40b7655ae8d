using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Waymark.Site;

/// <summary>A page of the menu.</summary>
/// <param name="Text">What the menu calls it.</param>
/// <param name="Source">The page.</param>
internal sealed record Entry(string Text, string Source);

/// <summary>Pages that the menu shows together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Entries">In their order.</param>
internal sealed record Section(string Title, IReadOnlyList<Entry> Entries);

/// <summary>The menu: the sections of docs/README.md and the first link of each entry of their lists.</summary>
internal static class Navigation
{
    /// <summary>Reads the menu out of the index page, before or after its links are rewritten.</summary>
    public static IReadOnlyList<Section> Read(Page index)
    {
        var sections = new List<Section>();
        string title = "";
        foreach (Block block in index.Document)
        {
            if (block is HeadingBlock { Level: 2 } heading)
                title = Page.TextOf(heading);
            else if (block is ListBlock list && title.Length > 0)
                sections.Add(new Section(title, [.. list.OfType<ListItemBlock>().SelectMany(Entries)]));
        }

        return sections;

        IEnumerable<Entry> Entries(ListItemBlock item) => item.Descendants<LinkInline>()
            .Where(inline => inline.Url is not null)
            .Take(1)
            .Select(inline => new Entry(
                Page.TextOf(inline),
                index.Links
                    .First(link => link.UrlFrom(index.Target) == inline.Url || link.Written == inline.Url).Source));
    }
}
