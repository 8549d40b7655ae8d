using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Waymark.Site;

/// <summary>A heading below a page's title.</summary>
/// <param name="Level">2 to 6.</param>
/// <param name="Id">Its anchor, as GitHub makes it.</param>
/// <param name="Text">Without its marks.</param>
internal sealed record Heading(int Level, string Id, string Text);

/// <summary>A page: its source, its place in the site, and its content as HTML.</summary>
internal sealed class Page
{
    // A cell that is longer needs more than a third of a phone.
    private const int SentenceLengthMin = 60;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    private Page(string source, MarkdownDocument document, IReadOnlySet<string> sources)
    {
        Source = source;
        Target = Sources.TargetOf(source);
        HeadingBlock[] headings = [.. document.Descendants<HeadingBlock>()];
        Title = headings.Where(heading => heading.Level == 1).Select(TextOf).FirstOrDefault() ?? "";
        Headings =
        [
            .. headings.Where(heading => heading.Level > 1)
                .Select(heading => new Heading(heading.Level, heading.GetAttributes().Id ?? "", TextOf(heading))),
        ];
        Document = document;
        foreach (Table table in document.Descendants<Table>())
            Prepare(table);
        Links = [.. RewriteLinks(document, source, sources)];
        Html = Render(document);
    }

    /// <summary>The Markdown file, from the root of the repository.</summary>
    public string Source { get; }

    /// <summary>The HTML file, from the root of the site.</summary>
    public string Target { get; }

    /// <summary>The text of the first heading; empty where there is none.</summary>
    public string Title { get; }

    public IReadOnlyList<Heading> Headings { get; }

    /// <summary>The links to places of the repository, as they stand in the source.</summary>
    public IReadOnlyList<Link> Links { get; }

    public MarkdownDocument Document { get; }

    public string Html { get; }

    /// <summary>Reads and renders a page.</summary>
    /// <param name="source">Its path from the root.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="sources">All pages, so that links to them become links to HTML.</param>
    public static Page Parse(string source, string text, IReadOnlySet<string> sources) =>
        new(source, Markdown.Parse(text, Pipeline), sources);

    /// <summary>What a heading or a link says, without its marks.</summary>
    public static string TextOf(LeafBlock block) => block.Inline is null ? "" : TextOf(block.Inline);

    /// <inheritdoc cref="TextOf(LeafBlock)"/>
    public static string TextOf(ContainerInline container) => string.Concat(container.Descendants().Select(
        inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            LineBreakInline => " ",
            _ => "",
        }));

    /// <summary>Points links to Markdown at the HTML that is made of it, and lists them.</summary>
    private static IEnumerable<Link> RewriteLinks(
        MarkdownDocument document, string source, IReadOnlySet<string> sources)
    {
        foreach (LinkInline inline in document.Descendants<LinkInline>())
        {
            if (inline.Url is not { Length: > 0 } url || url.Contains("://", StringComparison.Ordinal))
                continue;
            Link link = Link.Parse(source, url);
            yield return link;
            if (sources.Contains(link.Source))
                inline.Url = link.UrlFrom(Sources.TargetOf(source));
        }
    }

    /// <summary>
    /// Marks a table with sentences, whose cells a phone shows below each other; and makes <c>\|</c> in code what it
    /// stands for, as GitHub does.
    /// </summary>
    private static void Prepare(Table table)
    {
        foreach (CodeInline code in table.Descendants<CodeInline>())
            code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
        if (table.Descendants<ParagraphBlock>().Any(cell => TextOf(cell).Length > SentenceLengthMin))
            table.GetAttributes().AddClass("long");
    }

    private static string Render(MarkdownDocument document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeRenderer());
        renderer.Render(document);
        // A table that is wider than a phone scrolls by itself, not with the page.
        return writer.ToString()
            .Replace("<table", "<div class=\"table\"><table", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal);
    }
}
