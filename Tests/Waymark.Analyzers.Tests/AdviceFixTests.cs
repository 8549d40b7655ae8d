using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>What the fixes of advice about handlers make of the code.</summary>
public sealed class AdviceFixTests
{
    /// <summary>The key of a fix, and members before and after all of its diagnostics are fixed.</summary>
    public static TheoryData<string, string, string> Members => new()
    {
        {
            "WM2005.nullable",
            """[Get("/a/:id?")] internal static string A(int id) => $"{id}";""",
            """[Get("/a/:id?")] internal static string A(int? id) => $"{id}";"""
        },
        {
            "WM2005.default",
            """[Get("/a/:id?"), Get("/b/:id?")] internal static string A(int id) => "" + (1 << id);""",
            """[Get("/a/:id?"), Get("/b/:id?")] internal static string A(int id = 0) => "" + (1 << id);"""
        },
        {
            "WM2005.default",
            """[Get("/a/:id?")] internal static string A(string id) => id;""",
            """[Get("/a/:id?")] internal static string A(string id = "") => id;"""
        },
        {
            "WM2006.drop",
            """[Get("/a/:id/:b")] internal static string A(int? id, string? b) => $"{id}{b}";""",
            """[Get("/a/:id/:b")] internal static string A(int id, string b) => $"{id}{b}";"""
        },
        {
            "WM2025.body",
            """[Post("/")] internal static string A(byte[] body) => body.Length + "";""",
            """[Post("/")] internal static string A([Body] byte[] body) => body.Length + "";"""
        },
        {
            "WM2025.query",
            """[Post("/")] internal static string A(int[] ids) => ids.Length + "";""",
            """[Post("/")] internal static string A([Query] int[] ids) => ids.Length + "";"""
        },
        {
            "WM2008.query",
            """[Delete("/a")] internal static string A([Body] string text, [Query] int id) => text + id;""",
            """[Delete("/a")] internal static string A([Query] string text, [Query] int id) => text + id;"""
        },
        {
            "WM2008.query",
            """[Delete("/a")] internal static string A([Form("x")] string text) => text;""",
            """[Delete("/a")] internal static string A([Query("x")] string text) => text;"""
        },
        {
            "WM2013.remove",
            """[Get("/")] internal static void A(CancellationToken a, int b, CancellationToken c, CancellationToken d) { }""",
            """[Get("/")] internal static void A(CancellationToken a, int b) { }"""
        },
        {
            "WM2013.remove",
            """[Get("/")] internal static Task A(CancellationToken a, CancellationToken b) => Task.Delay(1, b);""",
            """[Get("/")] internal static Task A(CancellationToken b) => Task.Delay(1, b);"""
        },
        {
            "WM2014.pass",
            """[Get("/:x")] internal static async Task A(int x, int y = 1) { await Task.Delay(x); await Task.Delay(y); }""",
            """[Get("/:x")] internal static async Task A(int x, CancellationToken ct, int y = 1) { await Task.Delay(x, ct); await Task.Delay(y, ct); }"""
        },
        {
            "WM2014.pass",
            """[Get("/")] internal static async Task A(Exchange @new) { await Task.Delay(1); await Task.Delay(2, @new.RequestAborted); }""",
            """[Get("/")] internal static async Task A(Exchange @new) { await Task.Delay(1, @new.RequestAborted); await Task.Delay(2, @new.RequestAborted); }"""
        },
        {
            "WM2014.pass",
            """[Get("/")] internal static Task A() => Task.Delay(delay: TimeSpan.Zero);""",
            """[Get("/")] internal static Task A(CancellationToken ct) => Task.Delay(delay: TimeSpan.Zero, cancellationToken: ct);"""
        },
        {
            "WM2014.pass",
            """[Get("/")] internal static async Task A(CancellationToken @new) { await Task.Delay(1); await Task.Delay(2, @new); }""",
            """[Get("/")] internal static async Task A(CancellationToken @new) { await Task.Delay(1, @new); await Task.Delay(2, @new); }"""
        },
        {
            "WM2014.pass",
            """[Get("/")] internal static Task A(int ct) => F(ct); private static Task F(int a, int b = 1, CancellationToken c = default) => Task.CompletedTask;""",
            """[Get("/")] internal static Task A(int ct, CancellationToken stop) => F(ct, c: stop); private static Task F(int a, int b = 1, CancellationToken c = default) => Task.CompletedTask;"""
        },
        {
            "WM2024.remove",
            """[Get("/:id/*rest")] internal static void A(int id, string rest, int b, int c) { Console.WriteLine(b); }""",
            """[Get("/:_id/*_rest")] internal static void A(int b) { Console.WriteLine(b); }"""
        },
        {
            "WM2024.remove",
            """[Get("/:id"), Post("/b/:id<int>")] internal static void A([Path("id")] int x) { GC.Collect(); }""",
            """[Get("/:_id"), Post("/b/:_id<int>")] internal static void A() { GC.Collect(); }"""
        },
        {
            "WM2024.remove",
            "[Get(\"/\")] internal static void A(\n    int a, // first\n    // before b\n    int b) => GC.Collect(b);",
            "[Get(\"/\")] internal static void A(\n    // before b\n    int b) => GC.Collect(b);"
        },
        {
            "WM2024.remove",
            """[Get("/")] internal static void A(int a /*1*/, /*2*/ int b /*3*/) => GC.Collect(b);""",
            """[Get("/")] internal static void A( /*2*/ int b /*3*/) => GC.Collect(b);"""
        },
        {
            "WM2024.remove",
            """[Get("/")] internal static void A(int a /*1*/, int b /*2*/) => GC.Collect(a);""",
            """[Get("/")] internal static void A(int a /*1*/ /*2*/) => GC.Collect(a);"""
        },
        {
            "WM2024.remove",
            "[Get(\"/\")] internal static void A(\n    int a, // first\n    int b) => GC.Collect(a);",
            "[Get(\"/\")] internal static void A(\n    int a // first\n    ) => GC.Collect(a);"
        },
        {
            "WM2024.remove",
            "/// <summary>A.</summary>\n    /// <param name=\"page\">B.</param>\n    [Get(\"/\")] internal static void A(int page) { GC.Collect(); }",
            "/// <summary>A.</summary>\n    [Get(\"/\")] internal static void A() { GC.Collect(); }"
        },
    };

    /// <summary>The same for what blocks.</summary>
    public static TheoryData<string, string> Blocking => new()
    {
        {
            """[Get("/")] internal static string A() => File.ReadAllText("a");""",
            """[Get("/")] internal static async ValueTask<string> A() => await File.ReadAllTextAsync("a");"""
        },
        {
            """[Get("/")] internal static void A(int id) { Thread.Sleep(id); Get(1).Wait(); /* b */ Task.WaitAll(Get(1), Get(2)); }""",
            """[Get("/")] internal static async ValueTask A(int id) { await Task.Delay(id); await Get(1); /* b */ await Task.WhenAll(Get(1), Get(2)); }"""
        },
        {
            """[Get("/")] internal static async Task<string> A() => (await Get(1)) + Get(2).Result.Trim() + Get(3).GetAwaiter().GetResult();""",
            """[Get("/")] internal static async Task<string> A() => (await Get(1)) + (await Get(2)).Trim() + await Get(3);"""
        },
        {
            """[Get("/")] internal static string? A() => Get(Get(1).Result.Length).ConfigureAwait(false).GetAwaiter().GetResult();""",
            """[Get("/")] internal static async ValueTask<string?> A() => await Get((await Get(1)).Length).ConfigureAwait(false);"""
        },
        {
            """[Post("/")] internal static string A(Stream body) => new StreamReader(body).ReadToEnd().Trim();""",
            """[Post("/")] internal static async ValueTask<string> A(Stream body) => (await new StreamReader(body).ReadToEndAsync()).Trim();"""
        },
        {
            """[Get("/")] internal static string A() { Func<Task> f = async () => Thread.Sleep(1); return "" + f; }""",
            """[Get("/")] internal static string A() { Func<Task> f = async () => await Task.Delay(1); return "" + f; }"""
        },
    };

    /// <summary>Id, key and members for which no fix is right.</summary>
    public static TheoryData<string, string> NotOffered => new()
    {
        { "WM2005.nullable", """[Get("/a/:id?")] internal static string A(int id) => F(id); private static string F(int a) => "";""" },
        { "WM2005.default", """[Get("/a/:id?")] internal static string A(int id, string b) => id + b;""" },
        { "WM2005.nullable", """[Get("/a/:id?")] internal static string A(int id) => "" + id; private static string F() => A(1);""" },
        { "WM2006.drop", """[Get("/a/:id")] internal static string A(int? id) => "" + id!.Value;""" },
        { "WM2006.drop", """[Get("/a/:id")] internal static string A(int? id = null) => "" + id;""" },
        { "WM2008.query", """[Delete("/a")] internal static string A(System.IO.Stream body) => "" + body;""" },
        { "WM2008.query", """[Delete("/a"), Post("/a")] internal static string A([Body] string text) => text;""" },
        { "WM2008.query", """[Delete("/a")] internal static string A([Body] string text, [Query("text")] int b) => text + b;""" },
        { "WM2013.remove", """[Get("/")] internal static Task A(CancellationToken a, CancellationToken b) => Task.WhenAll(Task.Delay(1, a), Task.Delay(1, b));""" },
        { "WM2014.pass", """[Get("/")] internal static Task A() => Task.Delay(1); private static Task F() => A();""" },
        { "WM2024.remove", """[Get("/:id")] internal static void A(int id) { GC.Collect(); } private static void F() => A(1);""" },
        { "WM3008.await", """[Get("/")] internal static string A(ReadOnlySpan<char> id) => File.ReadAllText(id.ToString());""" },
        { "WM3008.await", """[Get("/")] internal static Task<string> A() => Get(File.ReadAllText("a").Length);""" },
        { "WM3008.await", """[Get("/")] internal static string A() { lock (string.Empty) { return File.ReadAllText("a"); } }""" },
        { "WM3008.await", """[Get("/")] internal static string A() => F(); private static string F() => ""; [Post("/")] internal static string B() => string.Concat(System.Linq.Enumerable.Select([1], id => Get(id).Result));""" },
        { "WM3008.await", """[Get("/")] internal static string A() => File.ReadAllText("a"); private static string F() => A();""" },
        { "WM3008.await", """[Get("/")] internal static string A() => "" + Get(1).Wait(5);""" },
        { "WM3008.await", """[Get("/")] internal static void A() { foreach (var x in File.ReadLines("a")) { } }""" },
        {
            "WM3008.await",
            """
            [Get("/")] internal static string A() => Get(1) // Why.
                .Result;
            """
        },
        { "WM3008.await", """[Get("/")] internal static void A() { Task.Delay(1). /* why */ Wait(); }""" },
        { "WM3008.await", """[Get("/")] internal static void A() { Thread. /* why */ Sleep(1); }""" },
        {
            "WM3008.await",
            """
            [Get("/")] internal static string A() { Span<int> s = [1]; Get(1).Wait(); return $"{s[0]}"; }
            """
        },
        {
            "WM3008.await",
            """
            [Get("/")] internal static void A() { foreach (char c in "a".AsSpan()) Get(c).Wait(); }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_fix_mends_two_documents_at_once(string key, string before, string after) =>
        await Fix.YieldsAsync(
            key,
            [InClass("One", before), InClass("Two", before)],
            [InClass("One", after), InClass("Two", after)]);

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task What_blocks_is_awaited(string before, string after) => await Fix.YieldsAsync(
        "WM3008.await",
        [InClass("One", before + Help), InClass("Two", before + Help)],
        [InClass("One", after + Help), InClass("Two", after + Help)]);

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_would_not_do_is_not_offered(string key, string members) => Assert.DoesNotContain(
        key, await Fix.OffersAsync(key[..6], InClass("A", members + (key == "WM3008.await" ? Help : ""))));

    /// <summary>Only the code that the compiler would write shows it: CS4007.</summary>
    [Fact]
    public async Task What_would_not_be_emitted_is_not_offered() => Assert.Empty(await Fix.OffersAsync(
        "WM3008",
        InClass("One", """
            [Get("/")] internal static string A() => F("a".AsSpan(), Get(1).Result);
            private static string F(ReadOnlySpan<char> a, string b) => "";
            """ + Help)));

    [Fact]
    public async Task A_sequence_is_told_of_its_token() => await Fix.YieldsAsync(
        "WM2014.pass",
        [
            "internal static class A\n{\n    [Get(\"/\")] internal static async IAsyncEnumerable<string> F() " +
            "{ await Task.Delay(1); yield return \"\"; }\n}\n" + Json,
        ],
        [
            "using System.Runtime.CompilerServices;\n\n" +
            "internal static class A\n{\n    [Get(\"/\")] internal static async IAsyncEnumerable<string> F(" +
            "[EnumeratorCancellation] CancellationToken ct) { await Task.Delay(1, ct); yield return \"\"; }\n}\n" +
            Json,
        ],
        compilerErrors: "CS0534 CS7036");

    [Fact]
    public async Task A_capture_of_a_prefix_keeps_its_parameter() => Assert.Empty(await Fix.OffersAsync(
        "WM2024",
        "[Group(\"/:id\")] internal static class A { [Get(\"/\")] internal static void F(int id) { GC.Collect(); } }"));

    [Fact]
    public async Task What_can_be_fixed_is_fixed_where_another_cannot()
    {
        string source = InClass("A", """
            [Get("/a/:id?")] internal static string A(int id) => F(id);
            [Get("/b/:id?")] internal static string B(int id) => $"{id}";
            private static string F(int a) => "";
            """);
        Assert.Equal(
            source.Replace("B(int id)", "B(int? id)", StringComparison.Ordinal),
            await Fix.AllAsync("WM2005.nullable", source));
    }

    [Fact]
    public async Task Of_many_all_are_fixed_but_those_that_cannot_be()
    {
        string source = InClass("A", string.Concat(Enumerable.Range(0, 11).Select(number =>
            $"[Get(\"/{number}/:id?\")] internal static string F{number}(int id) => " +
            (number is 3 or 9 ? "G(id);\n" : "$\"{id}\";\n"))) + "private static string G(int a) => \"\";");
        string[] lines = source.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            if (!lines[index].Contains("G(", StringComparison.Ordinal))
                lines[index] = lines[index].Replace("(int id)", "(int? id)", StringComparison.Ordinal);
        }

        Assert.Equal(string.Join('\n', lines), await Fix.AllAsync("WM2005.nullable", source));
    }

    private const string Json =
        "[System.Text.Json.Serialization.JsonSerializable(typeof(string))]\n" +
        "internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;";

    private const string Help =
        "\n    private static Task<string> Get(int id) => Task.FromResult(\"\" + id);";

    // The template is what distinguishes the routes, so that two documents do not conflict with each other.
    private static string InClass(string name, string members) => $$"""
        using System.IO;

        [Group("/{{name}}")]
        internal static class {{name}}
        {
            {{members.Trim()}}
        }
        """;
}
