using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>Sets of routes as C# source, and paths to try on them.</summary>
internal static class RouteSets
{
    private static readonly string[] Verbs = ["Get", "Get", "Get", "Head", "Post", "Put", "Delete", "Patch", "Options"];
    private static readonly string[] Literals =
        ["a", "ab", "abc", "abd", "b", "users", "users-me", "v1", "v12", "a.json", "abcdefgh", "abcdefghi",
            "abcdefghijk", "it's"];
    private static readonly string[] Captures =
        [":", ":", ":", "v:", "a:", "ab:", ":.json", ":-b", ":-:", ":.:", ":-x.:", "a:-:", ":--:.json", ":ab-",
            "v:.:.:"];
    private static readonly string[] Values = ["a", "b", "x", "1", "-", ".", "a-b", "x.json", "-b-b", "ab", "a.b-x.c",
        "--", "users"];

    /// <summary>Verb and template of each line of a file in Data.</summary>
    public static List<(string Verb, string Template)> Read(string file) => File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", file))
        .Select(line => line.Split(' '))
        .Select(parts => (parts[0][0] + parts[0][1..].ToLowerInvariant(), Unbind(parts[1])))
        .ToList();

    /// <summary>Names that start with an underscore need no parameter.</summary>
    public static string Unbind(string template) => Regex.Replace(template, "[:*](?=[A-Za-z])", "$0_");

    /// <summary>One handler for each route.</summary>
    public static string Source(IReadOnlyList<(string Verb, string Template)> routes)
    {
        var source = new StringBuilder("static class H\n{\n");
        for (int index = 0; index < routes.Count; index++)
            source.Append(
                $"    [{routes[index].Verb}(\"{routes[index].Template}\")] public static void R{index}() {{ }}\n");
        return source.Append('}').ToString();
    }

    public static List<(string Verb, string Template)> Random(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => (Pick(random, Verbs), Template(random))).Distinct().ToList();

    /// <summary>A path near a template: captures filled, then perhaps damaged.</summary>
    public static string PathNear(Random random, string template)
    {
        string path = Regex.Replace(template, "[:*][A-Za-z0-9_]+\\??", _ => random.Next(12) == 0 ? "" : Value(random));
        for (int damages = random.Next(3); damages > 0; damages--)
            path = Damage(random, path);
        return path;
    }

    private static string Template(Random random)
    {
        if (random.Next(40) == 0)
            return "/";
        var template = new StringBuilder();
        int names = 0;
        for (int segments = random.Next(1, 5); segments > 0; segments--)
        {
            string shape = Pick(random, random.Next(5) < 3 ? Literals : Captures);
            template.Append('/').Append(Regex.Replace(shape, ":(?=[a-z])|:", _ => names < 7 ? $":_{names++}" : "z"));
        }

        // ":_0ab-" would be one name; the shape ":ab-" means the literal behind it, so a dot parts them.
        string text = Regex.Replace(template.ToString(), ":_([0-9])(?=[a-z])", ":_$1.");
        return random.Next(12) switch
        {
            0 => text + "/",
            1 => text + "/*_rest",
            2 => text + "/*_rest?",
            3 when text[^1] is >= '0' and <= '9' && text[^2] == '_' => text + "?",
            4 => text + "/:_last?",
            _ => text,
        };
    }

    private static string Damage(Random random, string path)
    {
        int place = random.Next(path.Length + 1);
        return random.Next(5) switch
        {
            0 => path.Insert(place, Pick(random, ["/", "a", "-", ".", "\u00e9", "/a"])),
            1 when place < path.Length => path.Remove(place, 1),
            2 => path[..place],
            3 => path + "/",
            _ => path + "/" + Value(random),
        };
    }

    private static string Value(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, Values)));

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
