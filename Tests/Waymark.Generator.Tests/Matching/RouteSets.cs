using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>Parts of the route language, to be tested as they arrive.</summary>
[Flags]
internal enum Language
{
    /// <summary>Literals, captures, catch-alls and the methods that have an attribute of their own.</summary>
    Today = 0,
    Constraints = 1,

    /// <summary><c>[Route("TOKEN", …)]</c> and <c>[Route("*", …)]</c>.</summary>
    Tokens = 2,
    Rank = 4,

    /// <summary>Trailing slashes and case, for a whole table.</summary>
    Options = 8,

    /// <summary>More than 8 of them.</summary>
    ManyCaptures = 16,

    /// <summary>Literals that are not ASCII or are percent-encoded.</summary>
    NonAscii = 32,
}

/// <summary>Routes and what holds for their table.</summary>
internal sealed record RouteSet(string Name, int Seed, List<RouteRow> Rows, TableOptions Options);

/// <summary>Sets of routes as C# source, known and random.</summary>
/// <remarks>
/// What the specification leaves open is not drawn: a literal of hexadecimal digits right behind a capture (it could
/// end inside an escape), a template in both of its forms where trailing slashes are ignored, <c>-</c> inside rules of
/// segments with several captures (the division would narrow them).
/// </remarks>
internal static class RouteSets
{
    private static readonly string[] BuiltIn =
        ["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
    private static readonly string[] Tokens = ["PROPFIND", "PURGE", "M-SEARCH", "*", "*"];
    private static readonly string[] Literals =
        ["a", "ab", "abc", "abd", "b", "users", "users-me", "v1", "v12", "a.json", "abcdefgh", "abcdefghi",
            "abcdefghijk", "it's", "a::b", "::"];
    private static readonly string[] OtherLiterals =
        ["caf\u00e9", "\u00fc", "\u00e9t\u00e9", "%C3%A9", "%c3%a9t", "a%20b", "%41b", "%2F", "%2f.", "\U0001f600"];
    private static readonly string[] Captures =
        [":", ":", ":", ":", "v:", "a:", "ab:", ":.json", ":-b", ":-:", ":.:", ":-x.:", "a:-:", ":--:.json", ":.ab-",
            "v:.:.:", ":::", "::::", ":::::"];

    /// <summary>Rules for a capture beside others, none of which takes what a literal there holds inside it.</summary>
    private static readonly string[] Rules =
        ["int", "long", "bool", "alpha", "alnum", "hex", "min(5)", "max(9)", "range(1,100)", "in(a|b|ab)",
            "int,min(5)", "re([a-z]+)"];
    private static readonly string[] WholeRules =
        [.. Rules, "guid", "slug", "len(3)", "len(1,9)", "in(a-b|users|caf\u00e9)", "sku", "re(-?[0-9]+)", "re(.+)",
            "re([0-9]{1,3})", "re((a|b)*c?)", "alnum,len(1,9)", "int,range(1,100)"];

    /// <summary>Every rule that a set may hold.</summary>
    public static IEnumerable<string> AllRules => WholeRules;

    /// <summary>Verb and template of each line of a file in Data.</summary>
    public static RouteSet Read(string file) => new(
        file, 20250101, [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", file))
            .Select(line => line.Split(' ')).Select(parts => new RouteRow(parts[0], Unbind(parts[1])))], new());

    /// <summary>1 to 6 segments, each <c>a</c> or a capture, in every row; a catch-all behind each row.</summary>
    public static RouteSet Backtracking()
    {
        string[] places = [""];
        var rows = new List<RouteRow>();
        for (int depth = 0; depth < 6; depth++)
        {
            places = [.. places.SelectMany(place => new[] { place + "/a", $"{place}/:_{depth}" })];
            string method = BuiltIn[3 + depth];
            rows.AddRange(places.Select(place => new RouteRow(method, place)));
            rows.AddRange(places.Select(place => new RouteRow(depth % 2 == 0 ? "PATCH" : "GET", place + "/*_rest")));
            rows.AddRange(places.Where(place => place.EndsWith('a'))
                .Select(place => new RouteRow("PUT", place + "b-:_y-:_z-")));
        }

        return new RouteSet("backtracking", 77, rows, new());
    }

    /// <summary>A random set in a part of the language.</summary>
    public static RouteSet Random(int seed, int count, Language language)
    {
        var random = new Random(seed);
        TableOptions options = !language.HasFlag(Language.Options) ? new()
            : new((SlashMode)random.Next(3), random.Next(2) == 0);
        var draft = new TemplateDraft(random, language, options.Slash == SlashMode.Ignore);
        string[] methods = language.HasFlag(Language.Tokens) ? [.. BuiltIn, .. Tokens] : BuiltIn;
        IEnumerable<RouteRow> rows = Enumerable.Range(0, count).Select(_ => new RouteRow(
            Pick(random, methods), draft.Next(),
            language.HasFlag(Language.Rank) && random.Next(5) == 0 ? random.Next(-2, 4) : 0));
        return new RouteSet("random", seed, [.. rows.DistinctBy(row => (row.Method, row.Template))], options);
    }

    /// <summary>One handler for each route; its name tells the row.</summary>
    public static string Source(RouteSet set)
    {
        var source = new StringBuilder();
        if (set.Options != new TableOptions())
        {
            source.Append($"[assembly: RouteOptions(TrailingSlash = TrailingSlash.{set.Options.Slash}, ")
                .Append($"CaseInsensitive = {(set.Options.IgnoreCase ? "true" : "false")})]\n");
        }

        source.Append("static class H\n{\n");
        for (int index = 0; index < set.Rows.Count; index++)
        {
            RouteRow row = set.Rows[index];
            string attribute = !BuiltIn.Contains(row.Method) ? $"Route(\"{row.Method}\", "
                : row.Method[0] + row.Method[1..].ToLowerInvariant() + "(";
            string rank = row.Rank == 0 ? "" : $", Rank = {row.Rank}";
            source.Append($"    [{attribute}@\"{row.Template}\"{rank})] public static void R{index}() {{ }}\n");
        }

        if (set.Rows.Exists(row => row.Template.Contains("<sku>", StringComparison.Ordinal)))
        {
            source.Append("    [Constraint(\"sku\")] public static bool Sku(ReadOnlySpan<byte> value) => ")
                .Append("value.Length % 2 == 0 && value[0] != (byte)'-';\n");
        }

        return source.Append('}').ToString();
    }

    /// <summary>The row of a set that a handler stands for.</summary>
    public static RouteRow RowOf(RouteSet set, string handler) =>
        set.Rows[int.Parse(handler.AsSpan("H.R".Length), CultureInfo.InvariantCulture)];

    public static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>Names that start with an underscore need no parameter.</summary>
    private static string Unbind(string template) => Regex.Replace(template, "[:*](?=[A-Za-z])", "$0_");

    /// <summary>Draws templates.</summary>
    private sealed class TemplateDraft(Random random, Language language, bool hasOneFormOnly)
    {
        private readonly int _capturesMax = language.HasFlag(Language.ManyCaptures) ? 11 : 7;
        private readonly string _catchAll = random.Next(2) == 0 ? "/*_rest" : "/*_rest?";
        private int _captures;

        public string Next()
        {
            if (random.Next(40) == 0)
                return "/";
            _captures = 0;
            var template = new StringBuilder();
            bool isLong = language.HasFlag(Language.ManyCaptures) && random.Next(6) == 0;
            for (int segments = isLong ? random.Next(7, 11) : random.Next(1, 5); segments > 0; segments--)
                template.Append('/').Append(DrawSegment(literalsInFive: isLong ? 1 : 3));
            string text = template.ToString();
            return random.Next(12) switch
            {
                0 when !hasOneFormOnly => text + "/",
                1 => text + _catchAll,
                2 when !language.HasFlag(Language.Rank) => text + Pick(random, ["/*_rest", "/*_rest?"]),
                3 when Regex.IsMatch(text, ":_\\d+(<[^<>]*>)?$") => text + "?",
                4 => $"{text}/:_last{DrawRules(WholeRules)}?",
                _ => text,
            };
        }

        private string DrawSegment(int literalsInFive)
        {
            if (random.Next(5) < literalsInFive)
                return Pick(random, language.HasFlag(Language.NonAscii) ? [.. Literals, .. OtherLiterals] : Literals);
            string shape = Pick(random, Captures);
            bool isDivided = Regex.Count(shape.Replace("::", "", StringComparison.Ordinal), ":") > 1;
            string[] rules = isDivided ? Rules : WholeRules;
            return Regex.Replace(shape, "::|:", match => match.Value == "::" ? "::"
                : _captures < _capturesMax ? $":_{_captures++}{DrawRules(rules)}" : "z");
        }

        private string DrawRules(string[] rules) =>
            language.HasFlag(Language.Constraints) && random.Next(2) == 0 ? $"<{Pick(random, rules)}>" : "";
    }
}
