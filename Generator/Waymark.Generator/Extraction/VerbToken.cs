using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>What may stand as the method in <c>[Route]</c>: RFC 9110 section 9.1, <c>method = token</c>.</summary>
internal static class VerbToken
{
    /// <summary>As long as the request parser takes; a longer method is answered with 400.</summary>
    public const int LengthMax = 32;

    /// <summary>The most methods beyond the standard ones that a table has bits for.</summary>
    public const int CustomMax = 22;

    /// <summary>RFC 9110 section 5.6.2: the <c>tchar</c> that are neither letters nor digits.</summary>
    private const string TokenSymbols = "!#$%&'*+-.^_`|~";

    private static readonly string[] Standard =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"];

    /// <summary>True for a method that has no bit of its own in the runtime.</summary>
    public static bool IsCustom(string verb) =>
        verb != KnownNames.EveryMethod && (verb == "CONNECT" || Array.IndexOf(Standard, verb) < 0);

    /// <summary>The methods that a table has no bits for: those behind the first 22 in ordinal order.</summary>
    /// <param name="verbs">The methods of all routes.</param>
    public static HashSet<string> FindExcess(IEnumerable<string> verbs) => new(
        verbs.Where(IsCustom)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(verb => verb, StringComparer.Ordinal)
            .Skip(CustomMax),
        StringComparer.Ordinal);

    /// <summary>Why a method among too many has no route.</summary>
    public static Problem Excess(string verb) => Problem.AtMethod(
        "WM1021",
        $"'{verb}' is one method too many: a table takes {CustomMax} methods beyond the standard ones, mounted " +
        "routes included. Use '*' and look at the method in the handler.");

    /// <summary>What is wrong with it, as a sentence; null where it is right.</summary>
    public static string? FindMistake(string verb)
    {
        if (verb.Length is 0 or > LengthMax || !verb.All(IsTokenCharacter))
        {
            return $"'{verb}' is not a request method: a method is 1 to {LengthMax} letters, digits or symbols such " +
                "as '-' (RFC 9110 section 9.1), or '*' for every method.";
        }

        if (verb == "CONNECT")
        {
            return "CONNECT names a host and no path (RFC 9110 section 9.3.6), so no template can match it: use " +
                "another method.";
        }

        string upper = verb.ToUpperInvariant();
        return verb != upper && Array.IndexOf(Standard, upper) >= 0
            ? $"Methods are case-sensitive (RFC 9110 section 9.1), so '{verb}' would never be asked for: write '{upper}'."
            : null;
    }

    private static bool IsTokenCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
        || TokenSymbols.IndexOf(character) >= 0;
}
