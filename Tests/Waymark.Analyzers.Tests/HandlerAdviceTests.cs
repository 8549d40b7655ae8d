using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Advice about the parameters of handlers whose routes are served.</summary>
public sealed class HandlerAdviceTests
{
    private const string Sku =
        "internal readonly record struct Sku(string Text) { internal static bool TryParse(string? text, out Sku sku) " +
        "{ sku = new(text ?? \"\"); return true; } }";

    /// <summary>Id and members of a static class that shows it; the marks are exact.</summary>
    public static TheoryData<string, string> Fires => new()
    {
        { "WM2005", """[Get("/a/:id?")] internal static int A(int [|id|]) => id;""" },
        { "WM2005", """[Get("/a/:id?")] internal static string A(string [|id|]) => id;""" },
        { "WM2005", """[Get("/a/v:version?")] internal static string A(Version [|version|]) => "" + version;""" },
        { "WM2005", """[Get("/a/:id?"), Post("/b/:id")] internal static int A([Path] int [|id|]) => id;""" },
        { "WM2006", """[Get("/a/:id")] internal static int? A(int? [|id|]) => id;""" },
        { "WM2006", """[Get("/a/:id"), Get("/b/:id")] internal static string? A(string? [|id|]) => id;""" },
        { "WM2006", """[Get("/a/*rest")] internal static string A([Path("rest")] string? [|all|]) => "" + all;""" },
        { "WM2008", """[Get("/a")] internal static string A([Body] string [|text|]) => text;""" },
        { "WM2008", """[Delete("/a"), Post("/a")] internal static string A([Body] string [|text|]) => text;""" },
        { "WM2008", """[Head("/a")] internal static void A(System.IO.Stream [|body|]) => body.Flush();""" },
        { "WM2008", """[Options("/a")] internal static string A([Body] byte[] [|text|]) => "" + text;""" },
        { "WM2008", """[Delete("/a")] internal static string A([Form] string [|name|]) => name;""" },
        { "WM2008", """[Route("TRACE", "/a")] internal static string A([Body] string [|text|]) => text;""" },
        { "WM2013", """[Get("/")] internal static void A(CancellationToken a, CancellationToken [|b|]) { }""" },
        {
            "WM2013",
            """
            [Get("/")] internal static void A(CancellationToken [|a|], CancellationToken b, CancellationToken [|c|])
            {
                b.ThrowIfCancellationRequested();
                c.ThrowIfCancellationRequested();
            }
            """
        },
        { "WM2023", Sku + """[Get("/:id")] internal static string A(Sku [|id|]) => id.Text;""" },
        { "WM2023", Sku + """[Get("/")] internal static int A(List<Sku> [|ids|], Sku? [|id|]) => ids.Count;""" },
        {
            "WM2023",
            """
            internal sealed class Sku : IParsable<Sku>
            {
                public static Sku Parse(string text, IFormatProvider? provider) => new();
                public static bool TryParse(string? text, IFormatProvider? provider, out Sku sku)
                {
                    sku = new();
                    return true;
                }
            }
            [Get("/:id")] internal static string A(Sku [|id|]) => "" + id;
            """
        },
        { "WM2024", """[Get("/:id")] internal static string A(int [|id|]) => Environment.NewLine + 1;""" },
        { "WM2024", """[Get("/*rest")] internal static void A(string [|rest|]) => Console.WriteLine();""" },
        { "WM2024", """[Get("/")] internal static void A(int [|page|], [Header] string [|x|]) { GC.Collect(); }""" },
        { "WM2024", """[Post("/")] internal static void A([Body] string [|text|]) { var x = 1; x++; }""" },
        { "WM2024", """[Get("/")] internal static string A([Service] Action [|call|]) => nameof(A) + 1;""" },
        { "WM2025", """[Post("/a")] internal static int A(byte[] [|body|]) => body.Length;""" },
        { "WM2025", """[Put("/a"), Get("/a")] internal static int A(List<int> [|ids|]) => ids.Count;""" },
        { "WM2025", """[Patch("/a/:x")] internal static string A(string x, string[]? [|names|]) => x + names;""" },
        {
            "WM2024",
            """
            internal record Filter(int Page);
            [Get("/")] internal static string A([Bind] Filter [|filter|], CancellationToken stop) => nameof(A) + 1;
            """
        },
    };

    /// <summary>Id and members of a static class that come close to it.</summary>
    public static TheoryData<string, string> StaysSilent => new()
    {
        { "WM2005", """[Get("/a/:id?")] internal static int A(int id = 3) => id;""" },
        { "WM2005", """[Get("/a/:id?")] internal static string? A(string? id, int? x) => id;""" },
        { "WM2005", """[Get("/a/:id?")] internal static int A(ReadOnlySpan<byte> id) => id.Length;""" },
        { "WM2005", """[Get("/a/*rest?")] internal static string A(string rest) => rest;""" },
        { "WM2005", "#nullable disable\n" + """[Get("/a/:id?")] internal static string A(string id) => id;""" },
        { "WM2006", """[Get("/a/:id?")] internal static int? A(int? id) => id;""" },
        { "WM2006", """[Get("/a/:id"), Get("/a")] internal static int? A(int? id) => id;""" },
        { "WM2006", """[Get("/a/:id?"), Get("/b/:id")] internal static int? A(int? id) => id;""" },
        { "WM2006", """[Get("/a")] internal static string? A(string? id, [Header] int? x) => id;""" },
        { "WM2008", """[Post("/a"), Put("/a")] internal static string A([Body] string text) => text;""" },
        { "WM2008", """[Route("*", "/a")] internal static string A([Body] string text) => text;""" },
        { "WM2008", """[Route("QUERY", "/a")] internal static string A([Body] string text) => text;""" },
        { "WM2008", """[Get("/a")] internal static string A(string text, [Service] Action a) => text;""" },
        { "WM2025", """[Post("/a")] internal static int A([Body] byte[] body) => body.Length;""" },
        { "WM2025", """[Post("/a")] internal static int A([Query] byte[] body) => body.Length;""" },
        { "WM2025", """[Post("/a")] internal static int A([Body] string text, int[] ids) => text.Length + ids[0];""" },
        { "WM2025", """[Post("/a")] internal static int A([Form] string text, int[] ids) => text.Length + ids[0];""" },
        { "WM2025", """[Get("/a"), Delete("/a")] internal static int A(int[] ids) => ids.Length;""" },
        { "WM2025", """[Post("/a")] internal static int A(int id) => id;""" },
        { "WM2013", """[Get("/")] internal static void A(CancellationToken a, int b) { }""" },
        { "WM2013", """private static void A(CancellationToken a, CancellationToken b) { }""" },
        { "WM2023", """[Get("/:id")] internal static void A(Guid id, DayOfWeek b, string c, Version? d) { }""" },
        {
            "WM2023",
            """
            internal readonly record struct Sku(int Length)
            {
                internal static bool TryParse(string? text, out Sku sku) => TryParse([], out sku);
                internal static bool TryParse(ReadOnlySpan<byte> text, out Sku sku)
                {
                    sku = new(text.Length);
                    return true;
                }
            }
            [Get("/:id")] internal static int A(Sku id) => id.Length;
            """
        },
        { "WM2024", """[Get("/:id")] internal static string A(int id) => Environment.NewLine + id;""" },
        { "WM2024", """[Get("/:id")] internal static void A(int id) => throw new NotImplementedException();""" },
        { "WM2024", """[Get("/:id")] internal static void A(int id) { throw new NotImplementedException(); }""" },
        { "WM2024", """[Get("/:id")] internal static void A(int id) { }""" },
        { "WM2024", """[Get("/:id")] internal static Ok<string> A(int id) => Results.Ok("x");""" },
        { "WM2024", """[Get("/:id")] internal static Task A(int id) { return Task.CompletedTask; }""" },
        { "WM2024", """[Get("/:id")] internal static void A(int id) { _ = id; GC.Collect(); }""" },
        { "WM2024", """[Get("/")] internal static void A(int _page, int _) { GC.Collect(); }""" },
        { "WM2024", """[Get("/:id")] internal static Func<int> A(int id) { return F; int F() => id; }""" },
        { "WM2024", """[Get("/:id")] internal static string A(int id) => nameof(id) + 1;""" },
        { "WM2024", "[Get(\"/:id\")] internal static void A(int id) { GC.Collect();\n#if X\nG(id);\n#endif\n}" },
        { "WM2024", """[Get("/")] internal static void A(Exchange e, CancellationToken c) { GC.Collect(); }""" },
        {
            "WM2024",
            """
            [Get("/")] internal static void A(
                [System.ComponentModel.DataAnnotations.Range(1, 9)] int page) { GC.Collect(); }
            """
        },
        { "WM2024", """private static void A(int id) { GC.Collect(); }""" },
    };

    [Theory]
    [MemberData(nameof(Fires))]
    public async Task Advice_is_shown_at_its_exact_place(string id, string members)
    {
        // A member that answers a number does so in JSON.
        string source = $"internal static class Users\n{{\n{members}\n}}\n" + Context(members);
        await Verify.ReportsWithAsync(id, source.Contains("AppJson", StringComparison.Ordinal) ? "CS0534 CS7036" : "",
            source);
    }

    [Theory]
    [MemberData(nameof(StaysSilent))]
    public async Task Code_that_is_sound_gets_none(string id, string members)
    {
        string source = $"internal static class Users\n{{\n{members}\n}}\n";
        if (Context(members).Length == 0)
        {
            await Verify.IsSilentAsync(id, source);
            return;
        }

        await Verify.ReportsWithAsync(id, "CS0534 CS7036", source + Context(members) + Marker(id));
    }

    [Fact]
    public Task A_route_with_an_error_gets_no_advice() => Verify.ReportsAsync(
        """
        internal static class Users
        {
            [Get("/a/:id?")] internal static string A(string id, Action {|WM2010:call|}) => id;
            [Get("/b/:id?")] internal static string B(string {|WM2005:id|}) => id;
        }
        """);

    [Fact]
    public Task Generated_code_gets_no_advice() => Verify.IsSilentAsync(
        "",
        """
        // <auto-generated/>
        #nullable enable
        internal static class Users
        {
            [Get("/a/:id?")] internal static string A(string id, CancellationToken a, CancellationToken b)
            {
                Thread.Sleep(1);
                return "" + 1;
            }
        }
        """);

    [Fact]
    public Task Both_parts_of_a_partial_handler_are_one() => Verify.ReportsAsync(
        """
        internal static partial class Users
        {
            [Get("/a/:id")] internal static partial string A(int id);
        }
        """,
        """
        internal static partial class Users
        {
            internal static partial string A(int {|WM2024:id|}) => Environment.NewLine + 1;
        }
        """);

    // An answer in JSON needs a context; what these tests are about is something else.
    private static string Context(string members) => members.Contains("static int", StringComparison.Ordinal)
        ? "[System.Text.Json.Serialization.JsonSerializable(typeof(int))]\n" +
          "[System.Text.Json.Serialization.JsonSerializable(typeof(int?))]\n" +
          "internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;"
        : "";

    // A place that shows the id, so that the harness counts the id in the rest.
    private static string Marker(string id) => "\ninternal static class Marker\n{\n" + (id switch
    {
        "WM2005" => "[Get(\"/marker/:x?\")] internal static string A(string [|x|]) => x;",
        "WM2006" => "[Get(\"/marker/:x\")] internal static string? A(string? [|x|]) => x;",
        "WM2025" => "[Post(\"/marker\")] internal static int A(int[] [|x|]) => x.Length;",
        "WM2024" => "[Get(\"/marker/:x\")] internal static string A(string [|x|]) => nameof(A) + 1;",
        _ => Sku + "[Get(\"/marker/:x\")] internal static string A(Sku [|x|]) => x.Text;",
    }) + "\n}";
}
