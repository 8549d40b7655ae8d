using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Site;

/// <summary>
/// Marks comments, texts, keywords and attributes of C# for the style sheet. A reader's help, not a compiler: what it
/// does not know stays black.
/// </summary>
internal static partial class CSharpColours
{
    /// <summary>The code as HTML.</summary>
    public static string Of(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        int offset = 0;
        foreach (Match match in Pattern().Matches(code))
        {
            html.Append(WebUtility.HtmlEncode(code[offset..match.Index]));
            string kind = match.Groups["comment"].Success ? "c"
                : match.Groups["text"].Success ? "s"
                : match.Groups["keyword"].Success ? "k" : "n";
            html.Append("<span class=\"").Append(kind).Append("\">")
                .Append(WebUtility.HtmlEncode(match.Value)).Append("</span>");
            offset = match.Index + match.Length;
        }

        return html.Append(WebUtility.HtmlEncode(code[offset..])).ToString();
    }

    [GeneratedRegex("""
        (?<comment>//[^\n]*)
        |(?<text>\"{3,}.*?\"{3,}|[$@]*"(?:\\.|[^"\\\n])*"(?:u8)?|'(?:\\.|[^'\\\n])+')
        |(?<keyword>\b(?:abstract|as|async|await|base|bool|break|byte|case|catch|char|class|const|continue|decimal|default
        |do|double|else|enum|event|false|finally|float|for|foreach|get|if|in|init|int|interface|internal|is|lock|long
        |nameof|namespace|new|not|null|object|or|out|override|params|partial|private|protected|public|readonly|record|ref
        |required|return|sealed|set|static|string|struct|switch|this|throw|true|try|typeof|uint|ulong|using|var|virtual
        |void|when|where|while|with|yield)\b)
        |(?<number>\b[0-9][0-9_]*(?:\.[0-9]+)?\b)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
