using System.Text;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Turns patterns of ours and of .NET into those of ECMA-262 with its flag <c>u</c>, as JSON Schema asks
/// for.</summary>
/// <remarks>
/// What says the same in both is taken over; an escape that ECMA-262 does not have is written as the character itself.
/// <c>\d</c> and <c>\w</c> of .NET know more letters than those of ECMA-262: clients are then told less than is taken.
/// </remarks>
internal static class EcmaPattern
{
    // SyntaxCharacter and "/": what may be escaped as itself under the flag u (ECMA-262 section 22.2.1).
    private const string Syntax = @"^$\.*+?()[]{}|/";

    /// <summary>A pattern for the whole value; null where ECMA-262 cannot say the same.</summary>
    public static string? Whole(string pattern)
    {
        bool isAnchored = pattern.Length > 1 && pattern[0] == '^' && EndsInAnchor(pattern);
        string inner = isAnchored ? pattern.Substring(1, pattern.Length - 2) : pattern;
        if (Convert(inner) is not { } converted)
            return null;
        return HasChoice(converted) ? "^(?:" + converted + ")$" : "^" + converted + "$";
    }

    private static bool EndsInAnchor(string pattern)
    {
        int escapes = 0;
        for (int index = pattern.Length - 2; index >= 0 && pattern[index] == '\\'; index--)
            escapes++;
        return pattern[pattern.Length - 1] == '$' && escapes % 2 == 0 && !HasChoice(pattern);
    }

    /// <summary>A bar outside of groups; inside of one is taken for one as well, which only adds a group.</summary>
    private static bool HasChoice(string pattern) => pattern.IndexOf('|') >= 0;

    private static string? Convert(string pattern)
    {
        var text = new StringBuilder();
        bool isInClass = false;
        for (int index = 0; index < pattern.Length; index++)
        {
            char character = pattern[index];
            if (character == '\\')
            {
                if (!TryEscape(pattern, ref index, isInClass, text))
                    return null;
            }
            else if (isInClass)
            {
                // A class in a class is a subtraction in .NET.
                if (character == '[' && index > 0 && pattern[index - 1] == '-')
                    return null;
                isInClass = character != ']';
                text.Append(character == '[' ? @"\[" : character.ToString());
            }
            else if (character == '(' && !IsKnownGroup(pattern, index))
            {
                return null;
            }
            else if (character is '{' or '}' or ']')
            {
                int end = QuantifierEnd(pattern, index);
                text.Append(end > 0 ? pattern.Substring(index, end - index) : @"\" + character);
                index = Math.Max(index, end - 1);
            }
            else
            {
                isInClass = character == '[';
                text.Append(character);
                // The first ] of a class is a character of it in .NET, and its end in ECMA-262.
                int first = index + (At(pattern, index + 1) == '^' ? 2 : 1);
                if (isInClass && At(pattern, first) == ']')
                    return null;
            }
        }

        return isInClass ? null : text.ToString();
    }

    private static bool TryEscape(string pattern, ref int index, bool isInClass, StringBuilder text)
    {
        char kind = At(pattern, ++index);
        if (kind == '\0')
            return false;
        bool isKept = "dDwWsSnrtfv".IndexOf(kind) >= 0 || Syntax.IndexOf(kind) >= 0 || (kind == '-' && isInClass)
            || (kind is 'b' or 'B' && !isInClass) || (kind is >= '1' and <= '9' && !isInClass) || kind is 'x' or 'u';
        if (isKept)
        {
            text.Append('\\').Append(kind);
            return true;
        }

        if (kind is 'p' or 'P')
        {
            int end = pattern.IndexOf('}', index);
            // A general category such as L or Lu; blocks such as IsGreek are .NET's own.
            bool isCategory = At(pattern, index + 1) == '{' && end - index is 3 or 4;
            if (isCategory)
            {
                text.Append('\\').Append(pattern, index, end - index + 1);
                index = end;
            }

            return isCategory;
        }

        if (char.IsLetterOrDigit(kind))
            return false;
        text.Append(kind);
        return true;
    }

    private static bool IsKnownGroup(string pattern, int index)
    {
        if (At(pattern, index + 1) != '?')
            return true;
        return At(pattern, index + 2) switch
        {
            ':' or '=' or '!' => true,
            '<' => At(pattern, index + 3) is '=' or '!' || char.IsLetter(At(pattern, index + 3)),
            _ => false,
        };
    }

    /// <summary>Behind the quantifier that starts here; -1 where none does.</summary>
    private static int QuantifierEnd(string pattern, int index)
    {
        int end = pattern[index] == '{' ? pattern.IndexOf('}', index) : -1;
        if (end < 0)
            return -1;
        string[] counts = pattern.Substring(index + 1, end - index - 1).Split(',');
        bool isOne = counts.Length <= 2 && counts[0].Length > 0 && counts.All(count => count.All(char.IsDigit));
        return isOne ? end + 1 : -1;
    }

    private static char At(string pattern, int index) => index < pattern.Length ? pattern[index] : '\0';
}
