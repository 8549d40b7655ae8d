using System.Reflection;
using Waymark.Analyzers.Bodies;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM3008: what blocks in a handler, and what only looks like it.</summary>
public sealed class BlockingTests
{
    private const string Usings = "using System.Data.Common; using System.IO; using System.Linq; using System.Net.Http;\n";

    private const string Help =
        """
        private static readonly HttpClient Client = new();
        private static Task<string> Get(int id) => Task.FromResult("" + id);
        private static ValueTask Save() => default;
        """;

    [Theory]
    [InlineData("""return Get(1).{|WM3008:Result|};""")]
    [InlineData("""var x = Get(1); return x.{|WM3008:Result|};""")]
    [InlineData("""Save().GetAwaiter().{|WM3008:GetResult|}(); return "";""")]
    [InlineData("""return Get(1).ConfigureAwait(false).GetAwaiter().{|WM3008:GetResult|}();""")]
    [InlineData("""Get(1).{|WM3008:Wait|}(); return "";""")]
    [InlineData("""Get(1).{|WM3008:Wait|}(1000); return "";""")]
    [InlineData("""Task.{|WM3008:WaitAll|}(Get(1), Get(2)); return "";""")]
    [InlineData("""_ = Task.{|WM3008:WaitAny|}(Get(1), Get(2)); return "";""")]
    [InlineData("""Thread.{|WM3008:Sleep|}(1); return "";""")]
    [InlineData("""return File.{|WM3008:ReadAllText|}("a");""")]
    [InlineData("""foreach (var line in File.{|WM3008:ReadLines|}("a")) return line; return "";""")]
    [InlineData("""using var file = File.OpenRead("a"); return "" + file.{|WM3008:Read|}(new byte[1]);""")]
    [InlineData("""using Stream file = File.OpenRead("a"); file.{|WM3008:CopyTo|}(Stream.Null); return "";""")]
    [InlineData("""using var reader = new StreamReader("a"); return reader.{|WM3008:ReadToEnd|}();""")]
    [InlineData("""return new StreamReader(new FileStream("a", FileMode.Open)).{|WM3008:ReadLine|}() ?? "";""")]
    [InlineData("""return "" + Client.{|WM3008:Send|}(new HttpRequestMessage());""")]
    [InlineData("""return "" + System.Net.Dns.{|WM3008:GetHostEntry|}("a");""")]
    [InlineData("""return string.Join("", new[] { 1 }.Select(id => Get(id).{|WM3008:Result|}));""")]
    [InlineData("""return F(); string F() => Get(1).{|WM3008:Result|};""")]
    [InlineData("""lock (Client) { return Get(1).{|WM3008:Result|}; }""")]
    public Task What_blocks_is_shown_at_its_name(string statements) => Verify.ReportsAsync(
        Usings + $$"""
        internal static class Users
        {
            {{Help}}
            [Get("/")] internal static string A() { {{statements}} }
        }
        """);

    [Fact]
    public Task The_body_of_a_request_and_a_database_are_no_memory() => Verify.ReportsAsync(
        Usings +
        """
        internal static class Users
        {
            [Post("/a")] internal static string A(Stream body) => new StreamReader(body).{|WM3008:ReadToEnd|}();
            [Post("/b")] internal static void B(Stream body, [Service] DbCommand command)
            {
                body.{|WM3008:ReadExactly|}(new byte[4]);
                using DbDataReader rows = command.{|WM3008:ExecuteReader|}();
                while (rows.{|WM3008:Read|}())
                    _ = rows.IsDBNull(0) ? 0 : rows.GetFieldValue<int>(0);
                rows.Close();
            }
            [Post("/c")] internal static void C(Exchange exchange)
            {
                using Stream body = exchange.Request.Body.AsStream();
                body.{|WM3008:CopyTo|}(Stream.Null);
            }
        }
        """);

    [Theory]
    [InlineData("""return await Get(1);""")]
    [InlineData("""var x = Get(1); var y = Get(2); await Task.WhenAll(x, y); return x.Result + y.Result;""")]
    [InlineData("""var all = new[] { Get(1) }; await Task.WhenAll(all); return all[0].Result;""")]
    [InlineData("""var all = new[] { Get(1) }; await Task.WhenAll(all); foreach (var x in all) return x.Result; return "";""")]
    [InlineData("""var all = new[] { Get(1) }; await Task.WhenAll(all); return all.Select(x => x.Result).First();""")]
    [InlineData("""var first = await Task.WhenAny(Get(1), Get(2)); return first.Result;""")]
    [InlineData("""return (await Task.WhenAny(Get(1), Get(2))).Result;""")]
    [InlineData("""var x = Get(1); return x.IsCompletedSuccessfully ? x.Result : await x;""")]
    [InlineData("""return await Get(1).ContinueWith(x => x.Result);""")]
    [InlineData("""return await Task.Run(() => Get(1).Result);""")]
    [InlineData("""await Task.Run(() => { Thread.Sleep(1); }); return Task.FromResult("").Result;""")]
    [InlineData("""await Save(); new Thread(() => Thread.Sleep(1)).Start(); return "";""")]
    [InlineData("""await Save(); var m = new MemoryStream(); m.Write([1]); return new StreamReader(m).ReadToEnd();""")]
    [InlineData("""await Save(); Stream m = new MemoryStream(); m.Write([1]); return new StringReader("").ReadToEnd();""")]
    [InlineData("""await using var m = new FileStream("a", FileMode.Open); return Path.GetFullPath("a");""")]
    [InlineData("""await Save(); return File.Exists("a") ? Path.Combine("a", "b") : "";""")]
    [InlineData("""await Save(); using var w = new StringWriter(); w.Write("a"); w.Flush(); return w.ToString();""")]
    [InlineData("""await Save(); Func<Stream> open = () => Stream.Null; return "" + open().ReadByte();""")]
    public Task What_does_not_block_is_left_alone(string statements) => Verify.IsSilentAsync(
        "WM3008",
        Usings + $$"""
        internal static class Users
        {
            {{Help}}
            [Get("/")] internal static async Task<string> A() { {{statements}} }
        }
        """);

    /// <summary>The analyzer looks for names first, so it has to know all that the platform has.</summary>
    [Fact]
    public void Every_name_with_a_twin_is_known()
    {
        const BindingFlags own =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] samples =
        [
            typeof(object), typeof(System.Net.Http.HttpClient), typeof(System.Net.Dns),
            typeof(System.Net.Sockets.Socket),
            typeof(System.Data.Common.DbCommand), typeof(System.IO.Pipes.PipeStream), typeof(System.IO.Pipelines.Pipe),
            typeof(System.Net.Security.SslStream), typeof(System.IO.Compression.ZipFile), typeof(System.Net.WebRequest),
            typeof(System.Net.HttpListener), typeof(System.Net.NetworkInformation.Ping), typeof(System.Net.WebClient),
        ];
        IEnumerable<string> names = samples
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Namespace?.Split('.') is ["System", "IO" or "Net" or "Data", ..])
            .SelectMany(type => type.GetMethods(own)
                .Where(twin => twin.ReturnType.Name.Split('`')[0] is "Task" or "ValueTask" or "IAsyncEnumerable")
                .SelectMany(twin => type.GetMethods(own)
                    .Where(method => method.Name + "Async" == twin.Name && method.IsStatic == twin.IsStatic)))
            .Select(method => method.Name)
            .Distinct();
        Assert.Empty(names.Except(AsyncTwin.Names).Except(AsyncTwin.Harmless));
    }

    [Fact]
    public Task Other_methods_are_left_alone() => Verify.IsSilentAsync(
        "WM3008",
        Usings +
        """
        internal static class Users
        {
            [Get("/a")] internal static string A() => Read() + 1;
            [Obsolete("x")] private static string Read() => File.ReadAllText("a");
        }
        """);

    [Fact]
    public Task The_message_says_what_to_write() => MessageIs(
        "'File.ReadAllText' keeps a thread of the server waiting in 'A', and no other request can use it meanwhile: " +
        "write 'await ReadAllTextAsync(…)'.",
        """[Get("/")] internal static string A() => System.IO.File.{|WM3008:ReadAllText|}("a");""");

    [Fact]
    public Task The_message_names_the_task() => MessageIs(
        "'X.Result' keeps a thread of the server waiting in 'A', and no other request can use it meanwhile: " +
        "write 'await X'.",
        """
        private static readonly Task<string> X = Task.Delay(1).ContinueWith(x => "");
        [Get("/")] internal static string A() => X.{|WM3008:Result|};
        """);

    [Fact]
    public Task The_message_names_the_task_of_an_awaiter() => MessageIs(
        "'X.GetAwaiter().GetResult()' keeps a thread of the server waiting in 'A', and no other request can use it " +
        "meanwhile: write 'await X'.",
        """
        private static readonly Task<string> X = Task.Delay(1).ContinueWith(x => "");
        [Get("/")] internal static string A() => X.GetAwaiter().{|WM3008:GetResult|}();
        """);

    private static async Task MessageIs(string message, string members)
    {
        List<Microsoft.CodeAnalysis.Diagnostic> reported =
            await Verify.ReportsAsync($"internal static class Users\n{{\n{members}\n}}");
        Assert.Equal(message, Assert.Single(reported).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
