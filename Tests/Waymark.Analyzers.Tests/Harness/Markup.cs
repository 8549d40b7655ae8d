using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>A source with marked places: <c>{|WM1001:text|}</c>; several ids at one place are nested.</summary>
internal sealed record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    /// <summary>Takes the marks out.</summary>
    /// <param name="text">The marked-up source.</param>
    /// <param name="defaultId">The id of a mark without one: <c>[|text|]</c>.</param>
    public static Markup Parse(string text, string defaultId = "")
    {
        var source = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<(string, TextSpan)>();
        for (int index = 0; index < text.Length; index++)
        {
            if (IsAt(text, index, "[|"))
            {
                open.Push((defaultId, source.Length));
                index++;
            }
            else if (IsAt(text, index, "{|"))
            {
                int colon = text.IndexOf(':', index);
                open.Push((text[(index + 2)..colon], source.Length));
                index = colon;
            }
            else if (IsAt(text, index, "|]") || IsAt(text, index, "|}"))
            {
                (string id, int start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, source.Length)));
                index++;
            }
            else
            {
                source.Append(text[index]);
            }
        }

        Assert.Empty(open);
        return new Markup(source.ToString(), expected);
    }

    private static bool IsAt(string text, int index, string mark) =>
        string.CompareOrdinal(text, index, mark, 0, mark.Length) == 0;
}
