using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM7001 to WM7006, and what routes and commands have in common: where each is shown, and what its fix
/// yields.</summary>
public sealed class CommandTests
{
    /// <summary>Id and members of a handler that show it; the marks are exact.</summary>
    public static TheoryData<string, string> Fires => new()
    {
        { "WM7002", """[Command([|""|])] static void A() { }""" },
        { "WM7002", """[Command([|null!|])] static void A() { }""" },
        { "WM7002", """[Command("[|  |]")] static void A() { }""" },
        { "WM7002", """[Command("[|:verb|] x")] static void A(string verb) { }""" },
        { "WM7002", """[Command("[|*all|]")] static void A(string all) { }""" },
        { "WM7002", """[Command("GET [|a-:b|]")] static void A() { }""" },
        { "WM7002", """[Command("GET [|:a:b|]")] static void A() { }""" },
        { "WM7002", """[Command("GET [|*a.txt|]")] static void A() { }""" },
        { "WM7002", """[Command("GET [|WHAT?|]")] static void A() { }""" },
        { "WM7002", """[Command("GET [|/:a|]")] static void A() { }""" },
        { "WM7002", """[Command("GR[|Ü|]N")] static void A() { }""" },
        { "WM1003", """[Command("GET [|:|]")] static void A() { }""" },
        { "WM1003", """[Command("GET :[|1x|]")] static void A() { }""" },
        { "WM1004", """[Command("SET :key  [|:key|]")] static void A(string key) { }""" },
        { "WM1005", """[Command("STOR [|*path|] x")] static void A(string path) { }""" },
        { "WM1006", """[Command("LIST [|:path?|] :mode")] static void A(string? path, string mode) { }""" },
        { "WM1008", """[Command("GET \t:id<[|itn|]>")] static void A(int id) { }""" },
        { "WM1008", """[Command("GET :id[|<int|]")] static void A(int id) { }""" },
        { "WM1009", """[Command("GET :a<in(x y|z)> :id<[|range(9,1)|]>")] static void A(string a, int id) { }""" },
        { "WM2005", """[Command("LIST :count?")] static void A(int [|count|]) { }""" },
        { "WM2005", """[Command("LIST *path?")] static void A(string [|path|]) { }""" },
        { "WM2011", """[Command("GET :a")] static void A(ref int [|a|]) { }""" },
        { "WM2032", """[Command("GET")] static void [|A|]<T>() { }""" },
        { "WM2033", """[Command("GET")] static async void [|A|]() => await Task.Yield();""" },
        { "WM2034", """static void B() { C(); [Command("GET")] static void [|C|]() { } }""" },
        { "WM7003", """[Command("GET [|:key|]")] static void A() { }""" },
        { "WM7003", """[Command("GET [|:key|]")] static void A(int id = 1) { }""" },
        { "WM7003", """[Command("STOR [|*path|]")] static void A(CancellationToken stop) { }""" },
        { "WM7003", """[Command("GET :_key")] static void A(int [|_|]) { }""" },
        { "WM7003", """[Command("GET")] static void A(string [|key|]) { }""" },
        { "WM7003", """[Command("GET")] static void A(StreamClient<CommandLine, int> [|client|]) { }""" },
        { "WM7004", """[Command("GET :call")] static void A(Action [|call|]) { }""" },
        { "WM7004", """[Command("GET :ids")] static void A(int[] [|ids|]) { }""" },
        { "WM7004", """[Command("GET :text")] static void A(ReadOnlySpan<char> [|text|]) { }""" },
        { "WM7004", """[Command("GET *ids")] static void A(List<int> [|ids|]) { }""" },
        { "WM7004", """[Command("GET *ids")] static void A(Action[] [|ids|]) { }""" },
        {
            "WM7005",
            """
            [Command("GET :key")] static void A(string key) { }
            [Command([|"get :name"|])] static void B(string name) { }
            """
        },
        {
            "WM7005",
            """
            [Command("LIST")] static void A() { }
            [Command([|"LIST *path?"|])] static void B(string? path) { }
            """
        },
        {
            "WM7005",
            """
            [Command("GET :a<hex>")] static void A(string a) { }
            [Command([|"GET :b<alpha>"|])] static void B(string b) { }
            """
        },
        { "WM7005", """[Command("A"), Command([|"a"|])] static void A() { }""" },
        { "WM7006", """[Command("GET")] static [|int|] A() => 1;""" },
        { "WM7006", """[Command("GET")] static [|Task<int>|] A() => null!;""" },
        { "WM7006", """[Command("GET")] static [|Task<IAsyncEnumerable<string>>|] A() => null!;""" },
        { "WM7006", """[Command("GET")] static [|IEnumerable<int>|] A() => [];""" },
        { "WM7006", """static string s = ""; [Command("GET")] static [|ref string|] A() => ref s;""" },
    };

    /// <summary>Members of a handler in which nothing is wrong.</summary>
    public static TheoryData<string> Silent =>
    [
        """[Command("NOOP")] static string A() => "";""",
        """[Command("noop"), Command("NOP")] string? A() => null;""",
        """[Command("GET /all ::x #1 a/b@c")] static void A() { }""",
        """[Command("LIST"), Command("LIST :path")] static void A(string? path = null) { }""",
        """[Command("LIST :path?")] static void A(string path = "/") { }""",
        """[Command("LIST :path? ")] static void A(ReadOnlySpan<byte> path) { }""",
        """
        [Command("GET all")] static void A() { }
        [Command("GET :id<int>")] static void A(int id) { }
        [Command("GET :id<long>")] static void A(long id) { }
        [Command("GET :key")] static void A(string key) { }
        [Command("GET *rest")] static void A(string[] rest) { }
        """,
        """[Command("GET :_key *_")] static ValueTask A() => default;""",
        """[Command("GET :a :b :c")] static Task A(byte[] a, ReadOnlyMemory<byte> b, DayOfWeek? c) => null!;""",
        """[Command("GET *a")] static Task<string?> A(byte[][] a, CommandLine l, CancellationToken stop) => null!;""",
        """[Command("A *a")] static string[] A(IReadOnlyList<Guid> a, StreamClient<CommandLine, string> c) => [];""",
        """[Command("A")] static void A(Session s, StreamClient<CommandLine, string, Session> c) { }""",
        """[Command("GET")] static async IAsyncEnumerable<string> A() { await Task.Yield(); yield break; }""",
        """[Command("GET :a")] static void A(string a, int b = 1) { }""",
        """[Command("PUT :x<re([a-z >]+)>")] static void A(string x) { }""",
    ];

    [Theory]
    [MemberData(nameof(Fires))]
    public Task A_mistake_is_shown_at_its_place(string id, string members) =>
        Verify.ReportsWithAsync(id, "", Handler(members));

    [Theory]
    [MemberData(nameof(Silent))]
    public Task What_is_right_is_left_alone(string members) => Verify.IsSilentAsync("", Handler(members));

    [Theory]
    [InlineData("internal sealed class {|WM7001:H|} : CommandHandler<string> { $ }")]
    [InlineData("internal sealed partial class {|WM7001:H|}<T> : CommandHandler<string> { $ }")]
    [InlineData("internal class O { internal sealed partial class {|WM7001:H|} : CommandHandler<string> { $ } }")]
    [InlineData("internal partial class O<T> { internal partial class {|WM7001:H|} : CommandHandler<string> { $ } }")]
    [InlineData("file sealed partial class {|WM7001:H|} : CommandHandler<string> { $ }")]
    [InlineData("internal sealed partial class H { [Command(\"A\")] static void {|WM7001:A|}() { } }")]
    [InlineData("internal sealed partial class H : List<int> { [Command(\"A\")] static void {|WM7001:A|}() { } }")]
    public Task A_class_that_generated_code_cannot_be_a_part_of_is_shown_once(string source) => Verify.ReportsAsync(
        source.Replace("$", """
            [Command("A")] static void A() { }
            [Command("B")] static void B() { }
            protected override string Reject(CommandRejection rejection) => "";
            """, StringComparison.Ordinal));

    [Fact]
    public Task A_handler_without_commands_of_its_own_need_not_be_partial() => Verify.IsSilentAsync("", """
        internal abstract class H : CommandHandler<string>
        {
            protected override string Reject(CommandRejection rejection) => "";
        }
        """);

    [Fact]
    public async Task A_conflict_names_both_commands_and_a_line()
    {
        Microsoft.CodeAnalysis.Diagnostic found = Assert.Single(await Verify.ReportsWithAsync("WM7005", "", Handler("""
            [Command("SET :key %/")] static void A(string key) { }
            [Command([|"set :_ %/"|])] static void B() { }
            """)));
        Assert.Equal(
            "\"set :_ %/\" of H.B and \"SET :key %/\" of H.A both take \"set x %/\", and neither is more specific: " +
            "change a literal, or put a constraint into one of them.",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(
        "WM7003.add", """[Command("SET :key :n<int> *rest")] static void A(string rest) { }""",
        """[Command("SET :key :n<int> *rest")] static void A(string key, int n, string rest) { }""")]
    [InlineData(
        "WM7003.add", """[Command("LIST :path?")] static void A(CancellationToken stop) { }""",
        """[Command("LIST :path?")] static void A(CancellationToken stop, string? path = null) { }""")]
    [InlineData(
        "WM1006.drop", """[Command("LIST :path? :mode")] static void A(string path, string mode) { }""",
        """[Command("LIST :path :mode")] static void A(string path, string mode) { }""")]
    [InlineData(
        "WM1008.spell", """[Command("GET :id<itn>")] static void A(int id) { }""",
        """[Command("GET :id<int>")] static void A(int id) { }""")]
    [InlineData(
        "WM2005.nullable", """[Command("LIST :path?")] static void A(string path) { }""",
        """[Command("LIST :path?")] static void A(string? path) { }""")]
    public Task A_fix_mends_it(string key, string before, string after) =>
        Fix.YieldsAsync(key, [Handler(before)], [Handler(after)]);

    [Fact]
    public Task The_classes_around_become_partial_too() => Fix.YieldsAsync(
        "WM7001.partial",
        [
            """
            internal static class Outer
            {
                internal sealed class One : CommandHandler<string>
                {
                    [Command("A")] static void A() { }
                    protected override string Reject(CommandRejection rejection) => "";
                }

                internal abstract class Two : CommandHandler<string>
                {
                    [Command("A")] static void A() { }
                }
            }
            """,
        ],
        [
            """
            internal static partial class Outer
            {
                internal sealed partial class One : CommandHandler<string>
                {
                    [Command("A")] static void A() { }
                    protected override string Reject(CommandRejection rejection) => "";
                }

                internal abstract partial class Two : CommandHandler<string>
                {
                    [Command("A")] static void A() { }
                }
            }
            """,
        ]);

    private static string Handler(string members) =>
        $$"""
        internal sealed class Session { }

        internal sealed partial class H : CommandHandler<string, Session>
        {
        {{members}}
            protected override Session CreateState(ConnectionInfo connection) => new();
            protected override string Reject(CommandRejection rejection) => "";
        }
        """;
}
