using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>Draws paths near templates, in canonical spelling: what the server hands to a table.</summary>
/// <param name="hasRules">
/// Whether captures are decoded: a raw octet above 7F, which no rule has to understand, is not drawn then.
/// </param>
internal sealed class PathDraft(Random random, bool hasRules)
{
    private const int LengthLong = 8192;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly string[] Values =
        ["a", "b", "x", "1", "-", ".", "a-b", "x.json", "-b-b", "ab", "a.b-x.c", "--", "users", "%2F", "%C3%A9", ":"];
    private static readonly string[] Odd = ["/", "a", "-", ".", "%C3%A9", "/a", "//", ":", "A", "%25", "!"];

    /// <summary>Captures filled, then perhaps damaged, at times blown up.</summary>
    public string Near(string template)
    {
        string path = Pattern.Canonical(Regex.Replace(
            template, "::|[:*]\\w+(<(?<rules>[^<>]*)>)?\\??", match => match.Value == "::" ? ":"
                : random.Next(14) == 0 ? "" : Value(match.Groups["rules"].Value)));
        for (int damages = random.Next(3); damages > 0; damages--)
        {
            string damaged = Damage(path);
            path = IsCanonical(damaged) ? damaged : path;
        }

        return path;
    }

    private string Damage(string path)
    {
        int place = random.Next(path.Length + 1);
        string odd = RouteSets.Pick(random, !hasRules && random.Next(9) == 0 ? ["\u00e9"] : Odd);
        return random.Next(60) == 0
            ? path.Insert(place, string.Concat(Enumerable.Repeat(odd, LengthLong / odd.Length)))
            : random.Next(8) switch
            {
                0 or 1 => path.Insert(place, odd),
                2 when place < path.Length => path.Remove(place, 1),
                3 => path[..place],
                4 => path + "/",
                5 when place < path.Length && char.IsAsciiLetter(path[place]) =>
                    path.Remove(place, 1).Insert(place, ((char)(path[place] ^ 0x20)).ToString()),
                6 when path.EndsWith('/') => path[..^1],
                _ => path + "/" + Value(""),
            };
    }

    private string Value(string rules)
    {
        string[] fitting = rules.Length == 0 || random.Next(5) == 0 ? Constraints.Sample
            : [.. Constraints.Accepted(rules).Where(Constraints.Sample.Contains)];
        return random.Next(5) < (rules.Length == 0 ? 1 : 4) && fitting.Length > 0
            ? Uri.EscapeDataString(RouteSets.Pick(random, fitting))
            : string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => RouteSets.Pick(random, Values)));
    }

    /// <summary>Escapes are whole, needed, in upper case and valid UTF-8: no other path comes to a table.</summary>
    private static bool IsCanonical(string path)
    {
        if (!path.StartsWith('/') || Regex.IsMatch(path, "%(?![0-9A-F]{2})|%00"))
            return false;
        foreach (Match run in Regex.Matches(path, "(%[0-9A-F]{2})+"))
        {
            try
            {
                Strict.GetString(Convert.FromHexString(run.Value.Replace("%", "", StringComparison.Ordinal)));
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        return Regex.Replace(path, "%..", escape => Pattern.Canonical(escape.Value)) == path;
    }
}
