using System.Reflection;
using System.Text;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Links;

/// <summary>What links look like, and which values they refuse.</summary>
public sealed class LinkTests
{
    private const string Handlers =
        """
        [assembly: RouteOptions(CaseInsensitive = true)]
        enum Color { Red, Green, Rot = Red }
        readonly record struct Sku(string Text) : ISpanParsable<Sku>
        {
            public static Sku Parse(string s, IFormatProvider? p) => new(s);
            public static Sku Parse(ReadOnlySpan<char> s, IFormatProvider? p) => new(s.ToString());
            public static bool TryParse(string? s, IFormatProvider? p, out Sku r) { r = new(s!); return true; }
            public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? p, out Sku r)
            {
                r = new("");
                return true;
            }

            public override string ToString() => Text;
        }
        [Bind] record Paging(int Page = 1, string? Sort = null);
        static class A
        {
            [Get("/")] internal static void Home() { }
            [Get("/i/:id<int>")] internal static void Int(int id) { }
            [Get("/n/:id<range(1,9)>")] internal static void Range(long id) { }
            [Get("/s/:name")] internal static void Text(string name) { }
            [Get("/al/:name<alpha>")] internal static void Alpha(string name) { }
            [Get("/re/:name<re([a-z]{2}-[0-9]+)>")] internal static void Expression(string name) { }
            [Get("/u/:name<even>")] internal static void User(string name) { }
            [Get("/v:major.:minor?")] internal static void Version(int major, int minor = 0) { }
            [Get("/p/:a-x:b.json")] internal static void Pair(string a, string b) { }
            [Get("/dot/:a.")] internal static void Dot(string a) { }
            [Get("/f/*path")] internal static void Files(string path) { }
            [Get("/g/*path?")] internal static void Maybe(string? path) { }
            [Get("/o/:x?")] internal static void Optional(string? x) { }
            [Get("/caf\u00e9/a%20b/")] internal static void Literal() { }
            [Get("/g1/:id")] internal static void Guid(Guid id) { }
            [Get("/b/:on")] internal static void Flag(bool on) { }
            [Get("/c/:color")] internal static void Enum(Color color, Color? other = Color.Green) { }
            [Get("/k/:sku")] internal static void Own(Sku sku) { }
            [Get("/t")] internal static void Times(
                DateTime? a, DateOnly? b, TimeOnly? c, TimeSpan? d, DateTimeOffset? e) { }
            [Get("/q")] internal static void Query(string q, int page = 1, string sort = "up", double? d = null) { }
            [Get("/l")] internal static void Lists([Query] int[]? ids, [Query("t&g")] List<string>? tags) { }
            [Get("/m/:_x")] internal static void Unread(Paging paging) { }
            [Get("/w/:text")] internal static string Span(ReadOnlySpan<char> text) => "";
            [Constraint("even")] internal static bool Even(ReadOnlySpan<byte> value) => value.Length % 2 == 0;
        }
        """;

    private static readonly (string Link, string Expected)[] Cases =
    [
        ("Home()", "/"),
        ("Int(-5)", "/i/-5"),
        ("Range(9)", "/n/9"),
        ("Range(10)", "!id"),
        ("Text(\"a\")", "/s/a"),
        ("Text(\"a/b c%\\\"?#\")", "/s/a%2Fb%20c%25%22%3F%23"),
        ("Text(\"-._~!$&'()*+,;=:@\")", "/s/-._~!$&'()*+,;=:@"),
        ("Text(\"\\u00e9\\ud83d\\ude00\")", "/s/%C3%A9%F0%9F%98%80"),
        ("Text(\"\")", "!name"),
        ("Text(null!)", "!name"),
        ("Text(\".\")", "!name"),
        ("Text(\"..\")", "!name"),
        ("Text(\"...\")", "/s/..."),
        ("Text(\"a\\0\")", "!name"),
        ("Text(\"a\\ud83d\")", "!name"),
        ("Text(\"\\ude00\\ud83d\")", "!name"),
        ("Text(new string('\\u00e9', 400))", "/s/" + string.Concat(Enumerable.Repeat("%C3%A9", 400))),
        ("Alpha(\"abc\")", "/al/abc"),
        ("Alpha(\"1\")", "!name"),
        ("Expression(\"ab-12\")", "/re/ab-12"),
        ("Expression(\"ab12\")", "!name"),
        ("User(\"a/\")", "/u/a%2F"),
        ("User(\"abc\")", "!name"),
        ("Version(1, 2)", "/v1.2"),
        ("Version(1)", "/v1."),
        ("Version(1, 0)", "/v1.0"),
        ("Pair(\"a\", \"b-x\")", "/p/a-xb-x.json"),
        ("Pair(\"a-Xc\", \"b\")", "!a"),
        ("Pair(\"-x\", \"b\")", "/p/-x-xb.json"),
        ("Dot(\".\")", "!a"),
        ("Dot(\"a\")", "/dot/a."),
        ("Files(\"a/b c/d\")", "/f/a/b%20c/d"),
        ("Files(\"\")", "!path"),
        ("Files(\"a/../b\")", "!path"),
        ("Maybe()", "/g/"),
        ("Maybe(\"\")", "/g/"),
        ("Maybe(\"x/\")", "/g/x/"),
        ("Optional()", "/o"),
        ("Optional(\"y\")", "/o/y"),
        ("Optional(\"\")", "!x"),
        ("Literal()", "/caf%C3%A9/a%20b/"),
        ("Guid(Guid.Empty)", "/g1/00000000-0000-0000-0000-000000000000"),
        ("Flag(true)", "/b/true"),
        ("Enum(Color.Green)", "/c/Green"),
        ("Enum(Color.Red, Color.Rot)", "/c/Red?other=Red"),
        ("Enum(Color.Red, Color.Green)", "/c/Red"),
        ("Enum((Color)7)", "!color"),
        ("Own(new Sku(\"x/y\"))", "/k/x%2Fy"),
        ("Own(new Sku(\"..\"))", "!sku"),
        ("Times()", "/t"),
        ("Times(a: new DateTime(2026, 1, 31, 23, 59, 59, DateTimeKind.Utc))", "/t?a=2026-01-31T23:59:59Z"),
        ("Times(b: new DateOnly(2026, 1, 31), c: new TimeOnly(1, 2, 3, 500))", "/t?b=2026-01-31&c=01:02:03.5"),
        ("Times(d: TimeSpan.FromMinutes(-90))", "/t?d=-01:30:00"),
        ("Times(e: new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.FromHours(2)))",
            "/t?e=2026-01-31T00:00:00%2B02:00"),
        ("Query(\"a&b=c+d;e \\u00e9/?\")", "/q?q=a%26b%3Dc%2Bd%3Be%20%C3%A9/?"),
        ("Query(\"\", page: 1, sort: \"up\")", "/q?q="),
        ("Query(\"x\", page: 2, sort: \"down\", d: 1.5)", "/q?q=x&page=2&sort=down&d=1.5"),
        ("Query(\"x\", d: double.NaN)", "!d"),
        ("Query(\"\\ud83d\")", "!q"),
        ("Query(\"x\", sort: \"\\0\")", "!sort"),
        ("Lists(new[] { 1, 2 }, new List<string> { \"a\", \"b c\" })", "/l?ids=1&ids=2&t%26g=a&t%26g=b%20c"),
        ("Lists()", "/l"),
        ("Lists(tags: new[] { \"\\0\" })", "!tags"),
        ("Unread(\"x\", page: 3, sort: \"name\")", "/m/x?page=3&sort=name"),
        ("Unread(\"x\", page: 1)", "/m/x"),
        ("Span(\"x\")", "/w/x"),
        ("Text(\"x\").Under(\"/a\").Under(\"/b\")", "/b/a/s/x"),
        ("Home().Under(\"/a\")", "/a"),
        ("Home().Under(\"a\")", "!prefix"),
        ("Home().Under(\"/a/\")", "!prefix"),
        ("Home().Under(\"/a b\")", "!prefix"),
    ];

    [Fact]
    public void Links_are_what_the_table_of_cases_says()
    {
        using LoadedTable table = Load();
        MethodInfo make = table.Routes.Assembly.GetType("Cases")!.GetMethod("Make")!;
        for (int index = 0; index < Cases.Length; index++)
            Assert.Equal($"{Cases[index].Link}: {Cases[index].Expected}", $"{Cases[index].Link}: {Shown(make, index)}");
    }

    [Fact]
    public void All_ways_to_format_a_link_agree()
    {
        using LoadedTable table = Load();
        object link = table.Routes.Assembly.GetType("Cases")!.GetMethod("Long")!.Invoke(null, [])!;
        string expected = link.ToString()!;
        Span<char> characters = stackalloc char[2000];
        Span<byte> octets = stackalloc byte[2000];
        Assert.True(expected.Length is > 600 and < 2000);
        foreach (int length in new[] { expected.Length - 1, expected.Length, expected.Length + 1 })
        {
            bool fits = length >= expected.Length;
            Assert.Equal(fits, ((ISpanFormattable)link).TryFormat(characters[..length], out int written, "", null));
            Assert.Equal(fits ? expected : "", characters[..written].ToString());
            Assert.Equal(fits, ((IUtf8SpanFormattable)link).TryFormat(octets[..length], out written, "", null));
            Assert.Equal(fits ? expected : "", Encoding.ASCII.GetString(octets[..written]));
        }

        Assert.Equal(expected, ((IFormattable)link).ToString("x", null));
        Assert.Equal(expected, string.Create(null, $"{link}"));
    }

    [Fact]
    public void Links_are_equal_where_their_texts_are()
    {
        using LoadedTable table = Load();
        MethodInfo equality = table.Routes.Assembly.GetType("Cases")!.GetMethod("Equality")!;
        Assert.Equal("True False True", equality.Invoke(null, []));
    }

    [Fact]
    public void Making_and_formatting_a_link_allocates_nothing()
    {
        using LoadedTable table = Load();
        var measure = table.Routes.Assembly.GetType("Cases")!.GetMethod("Allocated")!.CreateDelegate<Func<long>>();
        measure();
        Assert.Equal(0, measure());
    }

    private static string Shown(MethodInfo make, int index)
    {
        try
        {
            return (string)make.Invoke(null, [index])!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refused)
        {
            return "!" + refused.ParamName;
        }
    }

    private static LoadedTable Load()
    {
        var cases = new StringBuilder("public static class Cases\n{\n");
        cases.Append("    public static string Make(int index) => index switch\n    {\n");
        for (int index = 0; index < Cases.Length; index++)
            cases.Append($"        {index} => Routes.Links.A.{Cases[index].Link},\n");
        cases.Append(
            """
                    _ => "",
                };
                public static object Long() => Routes.Links.A.Query(new string('\u00e9', 100), sort: "b");
                public static string Equality() =>
                    $"{Routes.Links.A.Int(1) == Routes.Links.A.Int(1)} " +
                    $"{Routes.Links.A.Int(1).Equals(Routes.Links.A.Int(2))} " +
                    (Routes.Links.A.Int(1).GetHashCode() == Routes.Links.A.Int(1).GetHashCode());
                public static long Allocated()
                {
                    Span<byte> octets = stackalloc byte[300];
                    Span<char> characters = stackalloc char[300];
                    var lists = new int[] { 1, 2 };
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    for (int count = 0; count < 100; count++)
                    {
                        Routes.Links.A.Int(count).TryFormat(octets, out _);
                        Routes.Links.A.Text("a b\u00e9").TryFormat(characters, out _);
                        Routes.Links.A.Expression("ab-1").TryFormat(octets, out _);
                        Routes.Links.A.Pair("a", "b").Under("/x").TryFormat(octets, out _);
                        Routes.Links.A.Files("a/b").TryFormat(octets, out _);
                        Routes.Links.A.Enum(Color.Red, Color.Red).TryFormat(octets, out _);
                        Routes.Links.A.Query("x", 5, "y", 1.5).TryFormat(octets, out _);
                        Routes.Links.A.Lists(lists).TryFormat(octets, out _);
                        Routes.Links.A.Times(DateTime.UnixEpoch, default(DateOnly), default(TimeOnly), TimeSpan.Zero)
                            .TryFormat(octets, out _);
                    }

                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """);
        return GeneratorRun.Load(Handlers, cases.ToString());
    }
}
