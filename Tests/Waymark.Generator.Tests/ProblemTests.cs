using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Emit;
using Waymark.Generator.Model;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests;

/// <summary>What becomes of routes that cannot be emitted.</summary>
public sealed class ProblemTests
{
    private const string File = "Waymark.Problems.g.cs";

    private const string OneBadRoute =
        """
        static class A
        {
            [Get("/good")] internal static void Good() { }
            [Get("/a//b")] internal static void Bad() { }
        }
        """;

    [Theory]
    [InlineData("WM1002", "[Get(\"/a//b\")] internal static void M() { }")]
    [InlineData("WM2001", "[Get(\"/:id\")] internal static void M() { }")]
    [InlineData("WM2003", "[Get(\"/:id\")] internal static void M(Action id) { }")]
    [InlineData("WM2004", "[Get(\"/\")] internal static void M([Cookie] int[] ids) { }")]
    [InlineData("WM2007", "[Post(\"/\")] internal static void M([Body] string a, [Body] string b) { }")]
    [InlineData("WM2009", "[Post(\"/\")] internal static void M([Form] int a, [Body] string b) { }")]
    [InlineData("WM2010", "[Get(\"/\")] internal static void M(Action v) { }")]
    [InlineData("WM2011", "[Get(\"/\")] internal static void M(ref int x) { }")]
    [InlineData("WM2011", "[Post(\"/\")] internal static void M([Body] ReadOnlySpan<byte> x) { }")]
    [InlineData("WM2015", "[Get(\"/\")] internal static void M([Header(\"a b\")] int x) { }")]
    [InlineData("WM2016", "[Get(\"/\")] internal static void M([Cookie(\"a b\")] int x) { }")]
    [InlineData("WM2017", "[Get(\"/\")] internal static void M(int x, [Query(\"x\")] int y) { }")]
    [InlineData("WM2019", "[Get(\"/\")] internal static void M([Bind] System.IO.Stream x) { }")]
    [InlineData("WM2022", "[Get(\"/\")] internal static void M([Form] int x) { }")]
    [InlineData("WM2030", "[Get(\"/\")] internal void M() { }")]
    [InlineData("WM2031", "[Get(\"/\")] private static void M() { }")]
    [InlineData("WM2032", "[Get(\"/\")] internal static void M<T>() { }")]
    [InlineData("WM2033", "[Get(\"/\")] internal static async void M() { await Task.Yield(); }")]
    [InlineData("WM2034", "internal static void N() { L(); [Get(\"/\")] static void L() { } }")]
    [InlineData("WM3001", "[Get(\"/\")] internal static Uri M() => null!;")]
    [InlineData("WM3001", "[Post(\"/\")] internal static void M([Body] Uri v) { }")]
    [InlineData("WM1010",
        "[Get(\"/:a\")] internal static void M(int a) { } [Get(\"/:b\")] internal static void N(int b) { }")]
    public void A_route_with_a_problem_leaves_the_others_standing(string id, string handler)
    {
        string source = "class A { [Get(\"/good\")] internal static void Good() { } " + handler + " }";
        using LoadedTable table = GeneratorRun.Load(source);

        Assert.Contains(table.Table.Routes, route => route.Template == "/good");
        Assert.Equal(id == "WM1010" ? 2 : 1, table.Table.Routes.Count);
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(source), ("RunAnalyzers", "false"));
        Assert.Contains($"#error {id}: ", files[File], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RunAnalyzers", "false", true)]
    [InlineData("RunAnalyzers", "False", true)]
    [InlineData("RunAnalyzersDuringBuild", "false", true)]
    [InlineData("RunAnalyzers", "true", false)]
    [InlineData("RunAnalyzers", "", false)]
    public void Errors_are_written_only_where_analyzers_are_off(string property, string value, bool expected) =>
        Assert.Equal(expected, GeneratorRun.Run(GeneratorRun.Compile(OneBadRoute), (property, value))
            .ContainsKey(File));

    [Fact]
    public void An_error_stops_the_build_and_names_rule_template_and_handler()
    {
        GeneratorRun.CreateDriver(("RunAnalyzers", "false"))
            .RunGeneratorsAndUpdateCompilation(GeneratorRun.Compile(OneBadRoute), out Compilation updated, out _,
                TestContext.Current.CancellationToken);

        Diagnostic error = Assert.Single(
            updated.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic =>
                diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("CS1029", error.Id);
        Assert.Contains("WM1002: ", error.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith("(/a//b, A.Bad)'", error.GetMessage(null), StringComparison.Ordinal);
    }

    /// <summary>The mark stands before the place.</summary>
    [Theory]
    [InlineData("WM1002", "static class A { [|Get(\"/a//b\")] internal static void Bad() { } }")]
    [InlineData("WM1002", "[Group(\"/a//b\")]\nstatic class A\n{\n    [|Get(\"/x\")]\n    internal static void Bad() { } }")]
    [InlineData("WM2030", "class A { [Get(\"/a\")] internal void |Bad() { } }")]
    [InlineData("WM2010", "static class A {\n[Get(\"/a\")] internal static void Bad(int a, Action |b) { } }")]
    [InlineData("WM2010", "static class A { [Get(\"/a\")] internal static void M() { } " +
        "[Get(\"/a\", Rank = 1)] internal static void M(Action |b) { } }")]
    [InlineData("WM2001", "namespace N { static class A { [|Get(\n\"/:id\")] internal static void Bad() { } } }")]
    [InlineData("WM1010", "static class A { [Get(\"/:a\")] internal static void M(int a) { }\n" +
        " [|Get(\"/:b\")] internal static void N(int b) { } }")]
    [InlineData("WM5009", "[assembly: Group(\"/x\")]\n[assembly: |Mount<string>(\"/x\")]")]
    public void An_error_is_shown_where_the_mistake_is(string id, string marked)
    {
        int mark = marked.IndexOf('|', StringComparison.Ordinal);
        string before = marked[..mark];
        GeneratorRun.CreateDriver(("RunAnalyzers", "false"))
            .RunGeneratorsAndUpdateCompilation(
                GeneratorRun.Compile(marked.Remove(mark, 1)), out Compilation updated, out _,
                TestContext.Current.CancellationToken);

        Diagnostic error = Assert.Single(
            updated.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id == "CS1029");
        Assert.Contains(id + ": ", error.GetMessage(null), StringComparison.Ordinal);
        FileLinePositionSpan place = error.Location.GetMappedLineSpan();
        Assert.Equal(
            ("File1.cs", before.Count(character => character == '\n'), mark - before.LastIndexOf('\n') - 1),
            (place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
    }

    [Fact]
    public void A_newline_in_a_template_does_not_end_the_error()
    {
        // The header, the place, the error.
        CSharpCompilation compilation = GeneratorRun.Compile(
            "static class A { [Get(\"/a\\n\\u2028b\")] internal static void M() { } }");

        Assert.Equal(3, GeneratorRun.Run(compilation, ("RunAnalyzers", "false"))[File].Split('\n').Length - 1);
    }

    [Fact]
    public void Of_conflicting_routes_the_first_by_template_verb_and_handler_stays()
    {
        using LoadedTable table = GeneratorRun.Load(
            """
            static class B { [Get("/:a")] internal static void M(int a) { } }
            static class A { [Get("/:a")] internal static void N(int a) { } [Get("/:_0")] internal static void M() { } }
            """);

        Assert.Equal([new RouteInfo("GET", "/:_0", "A.M")], table.Table.Routes);
    }

    [Fact]
    public void Sources_that_do_not_compile_are_no_reason_to_throw()
    {
        foreach (string source in new[]
        {
            "static class A { [Get] internal static void M() { } }",
            "static class A { [Get(null)] internal static void M() { } }",
            "static class A { [Get(Nope.X)] internal static void M() { } }",
            "static class A { [Get(\"/:id\")] internal static Nope M(Missing id) => null; }",
            "static class A { [Get(\"/x\")] internal static void M( }",
            "[Get(\"/x\")] static void M() { }",
            "[Group] static class A { [Get(\"/x\")] internal static void M() { } }",
            "class C { [Get(\"/x\")] int P { [Get(\"/y\")] get; } " +
                "[Get(\"/z\")] public static C operator +(C a, C b) => a; }",
            "[System.Text.Json.Serialization.JsonSerializable(typeof(Nope))] " +
                "partial class J : System.Text.Json.Serialization.JsonSerializerContext { }",
        })
        {
            _ = GeneratorRun.Run(GeneratorRun.Compile(source), ("RunAnalyzers", "false"));
        }
    }

    [Theory]
    [InlineData("WM6003", false, 1)]
    [InlineData("WM6003", true, 1)]
    [InlineData("WM1002", false, 0)]
    [InlineData("WM1002", true, 1)]
    public void A_failure_of_the_generator_is_an_error_whether_analyzers_run_or_not(string id, bool areOff, int count)
    {
        var report = new RouteProblem("/x", "A.M", Problem.AtMethod(id, "what"));
        EquatableArray<RouteProblem> reported = RouteGenerator.Unreported(new([report]), areOff);
        Assert.Equal(count, reported.Count);
        Assert.Contains($"\n#error {id}: what (/x, A.M)\n", ProblemEmitter.Emit([report]), StringComparison.Ordinal);
    }
}
