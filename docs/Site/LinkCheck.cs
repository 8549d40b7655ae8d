namespace Waymark.Site;

/// <summary>What is wrong with the links of a site.</summary>
internal static class LinkCheck
{
    /// <summary>
    /// A sentence for every link whose page or anchor is missing, and for every page that no chain of links from the
    /// index leads to.
    /// </summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<Page> pages)
    {
        Dictionary<string, Page> known = pages.ToDictionary(page => page.Source);
        var problems = new List<string>();
        foreach (Page page in pages)
        {
            foreach (Link link in page.Links)
            {
                if (!known.TryGetValue(link.Source, out Page? target))
                    problems.Add($"{page.Source}: the link {link.Written} leads to no page.");
                else if (link.Anchor.Length > 0 && target.Headings.All(heading => heading.Id != link.Anchor))
                    problems.Add($"{page.Source}: {link.Source} has no heading #{link.Anchor}.");
            }

            if (page.Title.Length == 0)
                problems.Add($"{page.Source}: it has no title.");
        }

        HashSet<string> reached = Reach(known);
        problems.AddRange(pages.Where(page => !reached.Contains(page.Source))
            .Select(page => $"{page.Source}: no link leads to it."));
        return problems;
    }

    private static HashSet<string> Reach(Dictionary<string, Page> pages)
    {
        HashSet<string> reached = ["docs/README.md"];
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out string? source))
        {
            if (!pages.TryGetValue(source, out Page? page))
                continue;
            foreach (Link link in page.Links)
            {
                if (reached.Add(link.Source))
                    waiting.Enqueue(link.Source);
            }
        }

        return reached;
    }
}
