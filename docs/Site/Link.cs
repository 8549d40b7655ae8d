namespace Waymark.Site;

/// <summary>A link from one page to a place in the repository.</summary>
/// <param name="Written">As it stands in the source.</param>
/// <param name="Source">The file that it leads to, from the root of the repository.</param>
/// <param name="Anchor">The part behind <c>#</c>; empty for the whole page.</param>
internal sealed record Link(string Written, string Source, string Anchor)
{
    /// <summary>Reads a link that stands in a page.</summary>
    public static Link Parse(string page, string url)
    {
        string[] halves = url.Split('#', 2);
        string source = halves[0].Length == 0
            ? page
            : Normalise(page[..(page.LastIndexOf('/') + 1)] + Uri.UnescapeDataString(halves[0]));
        return new Link(url, source, halves.Length > 1 ? halves[1] : "");
    }

    /// <summary>The link as it stands in the HTML of a page.</summary>
    public string UrlFrom(string target) =>
        Relative(target, Sources.TargetOf(Source)) + (Anchor.Length > 0 ? "#" + Anchor : "");

    /// <summary>The way from one file of the site to another: from a/b.html to c.html it is ../c.html.</summary>
    public static string Relative(string from, string to) =>
        string.Concat(Enumerable.Repeat("../", from.Count(character => character == '/'))) + to;

    private static string Normalise(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ""))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
