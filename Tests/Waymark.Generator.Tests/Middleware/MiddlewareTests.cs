using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Middleware;

/// <summary>H29: what attributes put around routes runs in the order that they promise.</summary>
public sealed class MiddlewareTests
{
    [Fact]
    public void Attributes() => Snapshot.Match(FileOf(
        """
        [assembly: Shop.RequireHeader("X-Tenant")]
        namespace Shop;

        sealed class Audit : IMiddleware { public Handler Wrap(Handler next, ServerContext server) => next; }

        sealed class RequireHeaderAttribute(string name) : MiddlewareAttribute
        {
            public int StatusCode { get; init; } = 400;
            public override Handler Wrap(Handler next, ServerContext server) => next;
        }

        [Group("/admin"), Use<Audit>]
        static class Admin
        {
            [Get("/")] internal static string List() => "";
            [Delete("/:id"), RequireHeader("X-Really", StatusCode = 403)] internal static void Remove(int id) { }
        }

        static class Shown { [Get("/")] internal static string Home() => ""; }
        """));

    [Fact]
    public void A_table_without_middleware_has_no_file_for_it()
    {
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(
            Sources.Marks, "static class A { [Get(\"/\")] internal static void F() { } [Mark(\"x\")] static void G() { } }"));

        Assert.DoesNotContain("Waymark.Middleware.g.cs", files.Keys);
    }

    private const string Nested =
        """
        [assembly: Mark("assembly1"), Use<B>]
        [Mark("outer1"), Mark("outer2")]
        static class Outer
        {
            [Mark("inner"), Use<C>]
            internal static class Inner
            {
                [Mark("m1"), Get("/deep"), Mark("m2"), Get("/deep2")]
                internal static string Deep() { Trace.Text += "!"; return "deep"; }
            }

            [Get("/flat")] internal static string Flat() { Trace.Text += "!"; return "flat"; }
            [Get("/throws"), Mark("t")] internal static string Throws() => throw new NotSupportedException();
            [Get("/stops"), Mark("s1"), Mark("s2", Stops = true), Mark("s3")] internal static string Stop() => "never";
        }
        """;

    [Theory]
    [InlineData("/deep", "+assembly1+B+outer1+outer2+inner+C+m1+m2!-m2-m1-C-inner-outer2-outer1-B-assembly1")]
    [InlineData("/flat", "+assembly1+B+outer1+outer2!-outer2-outer1-B-assembly1")]
    [InlineData("/throws", "+assembly1+B+outer1+outer2+t-t-outer2-outer1-B-assembly1", "\"status\":500")]
    [InlineData("/stops", "+assembly1+B+outer1+outer2+s1+s2-s2-s1-outer2-outer1-B-assembly1", "stopped by s2")]
    public async Task H29_they_are_entered_from_the_outside_in_and_left_in_reverse(
        string path, string trace, string? body = null)
    {
        using LoadedTable table = GeneratorRun.Load(Sources.Marks, Nested);
        await using var server = new AnsweringServer(table.Table);

        string answer = await server.GetAsync(path);

        Assert.Equal(trace, TraceOf(table.Routes.Assembly, "Text"));
        if (body is not null)
            Assert.Contains(body, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_instance_stands_at_each_place_and_wraps_once_for_each_route_and_server()
    {
        using LoadedTable table = GeneratorRun.Load(
            Sources.Marks,
            """
            [Mark("c")]
            static class A
            {
                [Get("/1"), Get("/2"), Mark("m")] internal static void F() { }
                [Get("/3"), Mark("n"), Mark("n")] internal static void G() { }
            }
            """);
        Assembly assembly = table.Routes.Assembly;
        Assert.Empty((List<string>)Property(assembly, "Wrapped")!);
        await using (var server = new AnsweringServer(table.Table))
        {
            await server.GetAsync("/1");
            await server.GetAsync("/1");
        }

        Assert.Equal(["c1", "c1", "c1", "m2", "m2", "n3", "n4"], Wrapped(assembly));

        // Another server with the table shares nothing with the first.
        await using var second = new AnsweringServer(table.Table);
        await second.GetAsync("/3");
        Assert.Equal(["c5", "c5", "c5", "m6", "m6", "n7", "n8"], Wrapped(assembly));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Parts_of_a_class_go_by_the_paths_of_their_files_whatever_their_order(int first, int second)
    {
        (string Path, string Text)[] files =
        [
            ("a/Z.cs", "[assembly: Mark(\"1\")] [Mark(\"x\")] static partial class P { " +
                "[Get(\"/\"), Mark(\"p\")] internal static partial string F(); }"),
            ("b/A.cs", "[assembly: Mark(\"2\")] [Mark(\"y\"), Mark(\"z\")] static partial class P { " +
                "[Mark(\"q\")] internal static partial string F() => \"\"; }"),
        ];
        CSharpCompilation compilation = GeneratorRun.Compile(Sources.Marks).AddSyntaxTrees(
            GeneratorRun.Parse(files[first].Text, files[first].Path),
            GeneratorRun.Parse(files[second].Text, files[second].Path));

        string file = GeneratorRun.Run(compilation)["Waymark.Middleware.g.cs"];
        string[] order = [.. file.Split('\n').Where(line => line.Contains("static ()", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])];
        Assert.Equal(["1", "2", "x", "y", "z", "p", "q"], order);
    }

    [Fact]
    public async Task Captures_and_the_limit_of_the_body_are_there_inside()
    {
        using LoadedTable table = GeneratorRun.Load(
            Sources.Marks,
            """
            static class A
            {
                [Post("/:x/:y"), Mark("m"), BodyLimit(3)]
                internal static string F(string x, string y, [Body] string body) => x + y + body;
            }
            """);
        await using var server = new AnsweringServer(table.Table);

        Assert.EndsWith("\r\n\r\nabccc", await server.SendRawAsync(
            "POST /a/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n" +
            "Content-Type: text/plain\r\n\r\nccc"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413 ", await server.SendRawAsync(
            "POST /a/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\ncccc"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=> null!;", "[Bad] at A.F around GET /x returned null in place of a handler.")]
    [InlineData("=> throw new FormatException(\"why\");", "[Bad] at A.F around GET /x failed: why")]
    public async Task What_fails_when_a_server_starts_names_the_attribute_and_the_route(string body, string message)
    {
        using LoadedTable table = GeneratorRun.Load(
            $$"""
            sealed class BadAttribute : MiddlewareAttribute
            {
                public override Handler Wrap(Handler next, ServerContext server) {{body}}
            }
            static class A { [Get("/x"), Bad] internal static void F() { } }
            """);
        await using var server = new HttpServer(table.Table);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync("http://127.0.0.1:0"));
        Assert.Equal(message, thrown.Message);
    }

    [Fact]
    public async Task A_constructor_that_throws_names_the_attribute()
    {
        using LoadedTable table = GeneratorRun.Load(
            """
            sealed class Bad : IMiddleware
            {
                public Bad() => throw new FormatException("why");
                public Handler Wrap(Handler next, ServerContext server) => next;
            }
            [Use<Bad>] static class A { [Get("/x")] internal static void F() { } }
            """);
        await using var server = new HttpServer(table.Table);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync("http://127.0.0.1:0"));
        Assert.Equal("[Use<Bad>] at A failed: why", thrown.Message);
        Assert.IsType<FormatException>(thrown.InnerException);
    }

    private static Dictionary<string, string> FileOf(string source) => new()
    {
        ["Waymark.Middleware.g.cs"] = GeneratorRun.Run(GeneratorRun.Compile(source))["Waymark.Middleware.g.cs"],
    };

    private static List<string> Wrapped(Assembly assembly)
    {
        var wrapped = (List<string>)Property(assembly, "Wrapped")!;
        List<string> sorted = [.. wrapped.Order(StringComparer.Ordinal)];
        wrapped.Clear();
        return sorted;
    }

    internal static string TraceOf(Assembly assembly, string property) => (string)Property(assembly, property)!;

    private static object? Property(Assembly assembly, string name) =>
        assembly.GetType("Trace")!.GetProperty(name)!.GetValue(null);
}
