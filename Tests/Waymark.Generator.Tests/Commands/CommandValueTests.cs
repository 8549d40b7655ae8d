using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Commands;

/// <summary>What parameters get of lines, as text and as words of any octets, and what becomes of results.</summary>
public sealed class CommandValueTests
{
    private static readonly string Source = LoadedCommands.HandlerOf("""
        static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexString(octets);
        static string All(byte[][] all) => string.Join(",", Array.ConvertAll(all, one => Hex(one)));

        [Command("span :a")] static string Span(ReadOnlySpan<byte> a) => Hex(a);
        [Command("memory :a?")] static string Memory(ReadOnlyMemory<byte>? a) => a is { } b ? Hex(b.Span) : "null";
        [Command("bytes :a?")] static string Bytes(byte[] a) => Hex(a);
        [Command("text :a")] static string Text(string a) => $"[{a}]";
        [Command("number :a?")] static string Number(int? a = 7) => $"{a}";
        [Command("guid :a")] static string Guid(Guid a) => a.ToString();
        [Command("day :a?")] static string Day(DayOfWeek a = DayOfWeek.Friday) => a.ToString();
        [Command("own :a")] static string Own(Even a) => a.Value.ToString();
        [Command("constrained :a<alpha>")] static string Constrained(string a) => a;
        [Command("rest *a")] static string Rest(string a) => $"[{a}]";
        [Command("restspan *a?")] static string RestSpan(ReadOnlySpan<byte> a) => Hex(a);
        [Command("restmemory *a?")] static string RestMemory(ReadOnlyMemory<byte> a) => Hex(a.Span);
        [Command("restbytes *a?")] static string RestBytes(byte[]? a) => a is null ? "null" : Hex(a);
        [Command("restnumber *a")] static string RestNumber(int a) => $"{a}";
        [Command("all *a?")] static string AllTexts(string[] a) => string.Join("|", a);
        [Command("numbers x *a")] static string Numbers(IReadOnlyList<long> a) => string.Join("|", a);
        [Command("alloctets *a?")] static string AllOctets(byte[][]? a) => a is null ? "null" : All(a);
        [Command("allmemory *a")] static string AllMemory(ReadOnlyMemory<byte>[] a) =>
            All(Array.ConvertAll(a, one => one.ToArray()));
        [Command("line *_")] static string Line(CommandLine line) => line.ToString();
        [Command("client")] static void Client(StreamClient<CommandLine, string> client) => client.Write("written");
        """, """
        public readonly record struct Even(int Value)
        {
            public static bool TryParse(string text, out Even value)
            {
                value = new Even(int.Parse(text));
                return value.Value % 2 == 0 ? true : throw new FormatException();
            }
        }
        """);

    [Fact]
    public async Task Text_is_read_as_the_parameters_say()
    {
        await using LoadedCommands handler = await LoadedCommands.StartAsync(Source);

        string[][] table =
        [
            ["span \u00FFa", "FF61"], ["memory", "null"], ["memory a", "61"], ["bytes", ""], ["bytes ab", "6162"],
            ["text \u00C3\u00A9", "[\u00C3\u00A9]"], ["number", "7"], ["number -1", "-1"],
            ["guid 0123456789abcdef0123456789ABCDEF", "01234567-89ab-cdef-0123-456789abcdef"],
            ["day", "Friday"], ["DAY monday", "Monday"],
            [
                "day 1",
                "Value|day|a|'a' is not one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday: '1'.",
            ],
            ["own 4", "4"], ["own 3", "Value|own|a|'a' is not an Even: '3'."],
            ["rest  a  b\tc ", "[a  b\tc ]"], ["restspan  a b", "612062"], ["restspan", ""],
            ["restmemory", ""], ["restmemory \tx ", "7820"], ["restbytes", "null"], ["restbytes a b", "612062"],
            ["restnumber 12", "12"],
            ["restnumber 1 2", "Value|restnumber|a|'a' is not a whole number from -2147483648 to 2147483647: '1 2'."],
            ["all", ""], ["all a  b\tc ", "a|b|c"], ["numbers x 1 2 3 4 5", "1|2|3|4|5"],
            ["numbers x 1 z 3", "Value|numbers x|a|'a' is not a whole number of 64 bits: 'z'."],
            ["alloctets", "null"], ["alloctets a \u00FF", "61,FF"], ["allmemory a bc", "61,6263"],
            ["line  a \u0001\u00FF", "line  a \\x01\\xFF"], ["client", "written"],
        ];
        string heard = await handler.TalkAsync(string.Concat(table.Select(row => row[0] + "\n")));
        Assert.Equal(string.Concat(table.Select(row => row[1] + "\n")), heard);
    }

    [Fact]
    public async Task Words_of_any_octets_are_read_word_by_word()
    {
        await using LoadedCommands handler = await LoadedCommands.StartWithAsync(
            new BulkProtocol(), new TcpServerOptions(), Source);

        (string[] Words, string Answer)[] table =
        [
            (["span", "a b\n\0"], "6120620A00"), (["SPAN", ""], ""), (["text", ""], "[]"), (["text", " a "], "[ a ]"),
            (["constrained", ""], "Arguments|constrained||'constrained' takes other arguments: constrained :a<alpha>."),
            (["number", ""], "Value|number|a|'a' is not a whole number from -2147483648 to 2147483647: ''."),
            (["rest", "a", " b", "", "c"], "[a  b  c]"), (["rest", "a b"], "[a b]"), (["rest", ""], "[]"),
            (["restmemory", "a", "b", "c"], "6120622063"), (["restbytes"], "null"), (["restspan", "", ""], "20"),
            (["all", "a b", "", "c"], "a b||c"), (["alloctets", "", "a\n"], ",610A"),
            (["allmemory", "a", "b", "c"], "61,62,63"), (["line", "a", "b\n"], "line a b\\x0A"),
            ([], "Unknown|||Unknown command ''."), ([""], "Unknown|||Unknown command ''."),
            (["no such", "x"], "Unknown|||Unknown command 'no such'."),
        ];
        string heard = await handler.TalkAsync(string.Concat(table.Select(row => BulkProtocol.Spell(row.Words))));
        Assert.Equal(string.Concat(table.Select(row => row.Answer + "\n")), heard);
    }

    [Fact]
    public async Task What_a_command_returns_is_sent()
    {
        await using LoadedCommands handler = await LoadedCommands.StartAsync(LoadedCommands.HandlerOf("""
            [Command("one")] static string One() => "1";
            [Command("null")] static string? Null() => null;
            [Command("void")] static void Void() { }
            [Command("many")] static string[] Many() => ["a", "b"];
            [Command("lazy")] static IEnumerable<string?>? Lazy()
            {
                yield return "c";
                yield return null;
                yield return "d";
            }
            [Command("no")] static List<string>? No() => null;
            [Command("task")] static async Task Task() => await System.Threading.Tasks.Task.Yield();
            [Command("later")] static async Task<string> Later()
            {
                await System.Threading.Tasks.Task.Yield();
                return "e";
            }
            [Command("soon")] static ValueTask<string?> Soon() => new("f");
            [Command("latermany")] static async ValueTask<List<string>> LaterMany()
            {
                await System.Threading.Tasks.Task.Yield();
                return ["g", "h"];
            }
            [Command("stream")] static async IAsyncEnumerable<string> Stream()
            {
                yield return "i";
                await System.Threading.Tasks.Task.Yield();
                yield return "j";
            }
            [Command("lost")] static IAsyncEnumerable<string>? Lost() => null;
            """));

        Assert.Equal(
            ["1", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "1"],
            await handler.AskAsync(
                "one", "null", "void", "many", "lazy", "no", "task", "later", "soon", "latermany", "stream", "lost",
                "one"));
    }
}
