using System.Reflection;
using System.Text;

namespace Waymark.Site;

/// <summary>The pages and the menu, and how they are written.</summary>
internal sealed class SiteBuilder
{
    private const string IndexSource = "docs/README.md";

    // What every page refers to; written beside the index.
    private static readonly string[] Assets = ["site.css", "site.js"];

    private readonly Layout _layout;

    private SiteBuilder(IReadOnlyList<Page> pages)
    {
        Pages = pages;
        _layout = new Layout(Navigation.Read(pages.Single(page => page.Source == IndexSource)));
    }

    public IReadOnlyList<Page> Pages { get; }

    /// <summary>Reads every page of a checkout.</summary>
    public static SiteBuilder Load(string root)
    {
        IReadOnlyList<string> sources = Sources.Find(root);
        HashSet<string> known = [.. sources];
        return new SiteBuilder(
            [.. sources.Select(source => Page.Parse(source, File.ReadAllText(Path.Combine(root, source)), known))]);
    }

    /// <summary>The whole HTML of a page.</summary>
    public string HtmlOf(Page page) => _layout.Around(page);

    /// <summary>Writes the site into a folder; a page that was written there before and is no more stays.</summary>
    public void Write(string folder)
    {
        foreach (Page page in Pages)
        {
            string path = Path.Combine(folder, page.Target);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, HtmlOf(page), new UTF8Encoding(false));
        }

        foreach (string asset in Assets)
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(asset)!;
            using FileStream file = File.Create(Path.Combine(folder, asset));
            resource.CopyTo(file);
        }
    }
}
