using System.Globalization;
using System.Text;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Rewrites the constraints of a capture: <c>:int:min(1)</c> is <c>&lt;int,min(1)&gt;</c>.</summary>
internal static class AspConstraints
{
    private const int LengthMax = 255;

    private static readonly HashSet<string> Same =
        new(StringComparer.Ordinal) { "int", "long", "guid", "bool", "alpha" };

    /// <summary>The constraints for Waymark, "" for none; null where one of them has no equal.</summary>
    public static string? Convert(string text)
    {
        var converted = new List<string>();
        int position = 0;
        while (position < text.Length)
        {
            // Each starts with its colon.
            int end = EndOf(text, position + 1);
            string one = text.Substring(position + 1, end - position - 1);
            if (ConvertOne(one) is not { } constraint)
                return null;
            if (constraint.Length > 0)
                converted.Add(constraint);
            position = end;
        }

        return converted.Count == 0 ? "" : "<" + string.Join(",", converted) + ">";
    }

    private static int EndOf(string text, int start)
    {
        int depth = 0;
        for (int index = start; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] == '(')
                depth++;
            else if (text[index] == ')')
                depth--;
            else if (text[index] == ':' && depth == 0)
                return index;
        }

        return text.Length;
    }

    private static string? ConvertOne(string text)
    {
        int open = text.IndexOf('(');
        string name = open < 0 ? text : text.Substring(0, open);
        string arguments = open >= 0 && text.EndsWith(")", StringComparison.Ordinal)
            ? text.Substring(open + 1, text.Length - open - 2)
            : "";
        if (open < 0)
            return Same.Contains(name) ? name : name == "required" ? "" : null;
        return name switch
        {
            "min" or "max" or "range" => $"{name}({arguments})",
            "length" => $"len({arguments})",
            "maxlength" when IsLength(arguments) => $"len(1,{arguments})",
            "minlength" when arguments.Trim() == "1" => "",
            "regex" => AspRegex.Convert(arguments) is { } pattern ? $"re({pattern})" : null,
            _ => null,
        };
    }

    private static bool IsLength(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
        && length is > 0 and <= LengthMax;
}

/// <summary>Rewrites the pattern of <c>regex(…)</c>, which ASP.NET searches for without regard to case.</summary>
internal static class AspRegex
{
    /// <summary>
    /// The pattern of the whole value, both cases written out; null for one that is found anywhere in it.
    /// </summary>
    public static string? Convert(string escaped)
    {
        string text = escaped.Replace("{{", "{").Replace("}}", "}");
        int last = text.Length - 1;
        bool isWhole = last > 1 && text[0] == '^' && text[last] == '$' && text[last - 1] != '\\';
        // Outside of a group each alternative would need anchors of its own.
        if (!isWhole || HasOuterChoice(text))
            return null;

        var pattern = new StringBuilder();
        bool isInClass = false;
        for (int index = 1; index < text.Length - 1; index++)
        {
            char character = text[index];
            if (character == '\\')
            {
                pattern.Append(character).Append(text[++index]);
                continue;
            }

            bool isRange = isInClass && index + 2 < text.Length && text[index + 1] == '-' && text[index + 2] != ']';
            if (isRange && IsLetter(character) && IsLetter(text[index + 2]))
            {
                AppendRange(pattern, character, text[index + 2]);
                index += 2;
                continue;
            }

            // What lies between two characters that are not letters may be some.
            if (isRange && !(char.IsDigit(character) && char.IsDigit(text[index + 2])))
                return null;
            isInClass = isInClass ? character != ']' : character == '[';
            string both = IsLetter(character)
                ? $"{char.ToUpperInvariant(character)}{char.ToLowerInvariant(character)}"
                : character.ToString();
            pattern.Append(IsLetter(character) && !isInClass ? $"[{both}]" : both);
        }

        return pattern.ToString();
    }

    private static void AppendRange(StringBuilder pattern, char first, char last)
    {
        foreach (Func<char, char> cased in new Func<char, char>[] { char.ToUpperInvariant, char.ToLowerInvariant })
            pattern.Append(cased(first)).Append('-').Append(cased(last));
    }

    private static bool HasOuterChoice(string text)
    {
        int depth = 0;
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] is '(' or '[')
                depth++;
            else if (text[index] is ')' or ']')
                depth--;
            else if (text[index] == '|' && depth == 0)
                return true;
        }

        return false;
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
