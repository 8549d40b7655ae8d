using System.Text;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Rewrites a route template of ASP.NET in the language of Waymark.</summary>
/// <remarks>
/// <code>
/// template  = [ "~" ] [ "/" ] segment *( "/" segment )
/// segment   = 1*( literal / "{" [ "*" / "**" ] name *( ":" constraint ) [ "=" default ] [ "?" ] "}" )
/// </code>
/// Two things stay different, and the documentation says so: ASP.NET compares literals without regard to case and
/// ignores a last slash, which <c>[assembly: RouteOptions]</c> does for a whole table.
/// </remarks>
internal static class AspTemplate
{
    /// <summary>The names of the captures, in their order; null for a template that cannot be read.</summary>
    public static IReadOnlyList<string>? NamesOf(string template)
    {
        var names = new List<string>();
        return Convert(template, name =>
        {
            names.Add(name);
            return new AspCapture("p" + names.Count, IsOptional: true);
        }) is null ? null : names;
    }

    /// <summary>The template for Waymark; null where it says something that Waymark's cannot.</summary>
    /// <param name="template">Without the tokens of controllers.</param>
    /// <param name="find">The parameter that takes a capture; null where none does.</param>
    public static string? Convert(string template, Func<string, AspCapture?> find)
    {
        string text = template.TrimStart('~').Trim('/');
        if (text.Length == 0)
            return "/";
        var converted = new StringBuilder();
        int position = 0;
        while (position <= text.Length)
        {
            converted.Append('/');
            if (!ConvertSegment(text, ref position, find, converted))
                return null;
        }

        string result = converted.ToString();
        return TemplateParser.Parse(result).Problems.Count == 0 ? result : null;
    }

    private static bool ConvertSegment(
        string text, ref int position, Func<string, AspCapture?> find, StringBuilder converted)
    {
        int captures = 0;
        for (; position < text.Length && text[position] != '/'; position++)
        {
            char character = text[position];
            if (character == '{' && !IsAt(text, position + 1, '{'))
            {
                // Where one of several values ends, ASP.NET decides from the right.
                int end = EndOf(text, position);
                if (end < 0 || ++captures > 1
                    || ConvertCapture(text.Substring(position + 1, end - position - 1), find) is not { } capture)
                {
                    return false;
                }

                // A name runs on into the letters behind it.
                char next = end + 1 < text.Length ? text[end + 1] : '/';
                if (IsNamePart(capture[capture.Length - 1]) && IsNamePart(next))
                    return false;
                converted.Append(capture);
                position = end;
            }
            else if (character is '{' or '}' or '%' or '*' or '?' or ' ')
            {
                return false;
            }
            else
            {
                converted.Append(character == ':' ? "::" : character.ToString());
            }
        }

        position++;
        return true;
    }

    private static string? ConvertCapture(string text, Func<string, AspCapture?> find)
    {
        string name = text.TrimStart('*');
        bool isCatchAll = name.Length < text.Length;
        bool isOptional = name.EndsWith("?", StringComparison.Ordinal);
        if (isOptional)
            name = name.Substring(0, name.Length - 1);
        int colon = name.IndexOf(':');
        string constraints = colon < 0 ? "" : name.Substring(colon);
        name = colon < 0 ? name : name.Substring(0, colon);
        // A default value would have to be the handler's, which is another thing to say.
        if (name.Length == 0 || name.IndexOf('=') >= 0 || find(name) is not { } capture)
            return null;
        // ASP.NET takes an empty rest and then looks whether the parameter can do without.
        if (isCatchAll)
            return constraints.Length > 0 ? null : "*" + capture.Name + (capture.IsOptional ? "?" : "");
        // Where it may be missing, ASP.NET refuses a parameter that needs it.
        bool isRefused = isOptional && !capture.IsOptional;
        return !isRefused && AspConstraints.Convert(constraints) is { } converted
            ? ":" + capture.Name + converted + (isOptional ? "?" : "")
            : null;
    }

    /// <summary>The brace that closes a capture; doubled ones stand for themselves.</summary>
    private static int EndOf(string text, int position)
    {
        for (int index = position + 1; index < text.Length; index++)
        {
            bool isDoubled = text[index] is '{' or '}' && IsAt(text, index + 1, text[index]);
            if (isDoubled)
                index++;
            else if (text[index] == '}')
                return index;
        }

        return -1;
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static bool IsAt(string text, int position, char character) =>
        position < text.Length && text[position] == character;
}

/// <summary>The parameter that takes a capture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOptional">True where it can do without a value.</param>
internal sealed record AspCapture(string Name, bool IsOptional);
