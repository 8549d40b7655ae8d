using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Waymark.Site;

/// <summary>Code in a frame that the copy button hangs on; C# in colours.</summary>
internal sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        string language = (block as FencedCodeBlock)?.Info ?? "";
        string text = block.Lines.ToString();
        renderer.EnsureLine();
        renderer.Write("<div class=\"code\"><pre><code>");
        if (language == "csharp")
            renderer.Write(CSharpColours.Of(text));
        else
            renderer.WriteEscape(text);
        renderer.WriteLine("</code></pre></div>");
    }
}
