namespace Waymark.Generator.Tests.Templates.Languages;

/// <summary>
/// Random patterns, each written twice: as ours, and as the framework's engine understands the same.
/// </summary>
/// <remarks>
/// The two differ in what a character is. Ours reads scalar values and ASCII classes; the framework reads UTF-16 units
/// and Unicode classes, so that "any character" is spelled there as a whole surrogate pair or a unit that is none.
/// </remarks>
internal sealed class RegexPairs(Random random)
{
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private static readonly string[] Characters =
        ["a", "b", "c", "A", "0", "7", "_", "-", "/", " ", "~", "\u007F", "é", "ß", "߿", "ࠀ", "中", "\uFFFD", "😀",
            "😁"];

    private static readonly string[] BasicCharacters =
        ["a", "b", "c", "z", "0", "9", "_", "é", "ß", "߿", "ࠀ", "中", "퟿", "\uE000"];

    private static readonly (string Ours, string Theirs)[] Escapes =
    [
        (@"\d", "[0-9]"), (@"\w", "[A-Za-z0-9_]"), (@"\s", @"[\t-\r ]"), (@"\.", @"\."), (@"\n", @"\n"), (@"\x61", "a"),
        (@"\u00e9", "é"), (@"\u4E2D", "中"), (@"\\", @"\\"), (@"\/", "/"), (@"\uD83D\uDE00", "(?:😀)"),
        (@"\D", $@"(?:{Pair}|[^0-9\uD800-\uDFFF])"), (@"\W", $@"(?:{Pair}|[^A-Za-z0-9_\uD800-\uDFFF])"),
        (@"\S", $@"(?:{Pair}|[^\t-\r \uD800-\uDFFF])"), (".", $@"(?:{Pair}|[^\uD800-\uDFFF])"),
    ];

    public (string Ours, string Theirs) Pattern(int depth)
    {
        switch (depth == 0 ? 0 : random.Next(6))
        {
            case 0 or 1:
                return Atom();
            case 2 or 3:
                (string Ours, string Theirs)[] items = Several(depth);
                return (string.Concat(items.Select(item => item.Ours)),
                    string.Concat(items.Select(item => item.Theirs)));
            case 4:
                items = Several(depth);
                string empty = random.Next(6) == 0 ? "|" : "";
                return ($"({string.Join('|', items.Select(item => item.Ours))}{empty})",
                    $"(?:{string.Join('|', items.Select(item => item.Theirs))}{empty})");
            default:
                (string ours, string theirs) = Pattern(depth - 1);
                int min = random.Next(3);
                string[] quantifiers =
                    ["*", "+", "?", $"{{{min}}}", $"{{{min},}}", $"{{{min},{min + random.Next(3)}}}"];
                string quantifier = quantifiers[random.Next(quantifiers.Length)];
                return ($"(?:{ours}){quantifier}", $"(?:{theirs}){quantifier}");
        }
    }

    public string Text() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => One(Characters)));

    private (string Ours, string Theirs)[] Several(int depth) =>
        Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pattern(depth - 1)).ToArray();

    private (string Ours, string Theirs) Atom()
    {
        switch (random.Next(4))
        {
            case 0:
                return Escapes[random.Next(Escapes.Length)];
            case 1:
                return Class();
            default:
                string character = One(Characters);
                return (character, character.Length == 1 ? character : $"(?:{character})");
        }
    }

    private (string Ours, string Theirs) Class()
    {
        string items = string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Item()));
        return random.Next(2) == 0
            ? ($"[{items}]", $"[{items}]")
            : ($"[^{items}]", $@"(?:{Pair}|[^{items}\uD800-\uDFFF])");
    }

    private string Item()
    {
        string first = One(BasicCharacters);
        string last = One(BasicCharacters);
        return random.Next(2) == 0 || first[0] > last[0] || (first[0] < 0xD800 && last[0] > 0xDFFF)
            ? first
            : $"{first}-{last}";
    }

    private string One(string[] items) => items[random.Next(items.Length)];
}
