using System.Text;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Makes the name of a method of what it answers: <c>GET /users/:id</c> is <c>GetUsersById</c>.</summary>
internal static class HandlerName
{
    public static string Of(string verb, string template, Func<string, bool> isTaken)
    {
        var name = new StringBuilder(Capitalized(verb.ToLowerInvariant()));
        Template parsed = TemplateParser.Parse(template);
        foreach (Part part in parsed.Segments.SelectMany(segment => segment.Parts))
        {
            if (part.Kind == PartKind.Literal)
                name.Append(WordsOf(part.Text));
        }

        string captures = string.Join("And", parsed.Captures.Select(capture => Capitalized(capture.Text)));
        if (captures.Length > 0)
            name.Append("By").Append(captures);
        if (parsed.Segments.Count == 0)
            name.Append("Root");
        string made = name.ToString();
        string free = made;
        for (int number = 2; isTaken(free); number++)
            free = made + number;
        return free;
    }

    private static string WordsOf(string text) => string.Concat(
        new string([.. text.Select(character => character < 0x80 && char.IsLetterOrDigit(character) ? character : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(Capitalized));

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
