using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Commands;

/// <summary>Which steps an edit runs again where there are commands, and what becomes of commands with a
/// mistake.</summary>
public sealed class CommandPipelineTests
{
    private const string File = "Waymark.CommandProblems.g.cs";

    private static readonly string[] Steps =
        [TrackingNames.Commands, TrackingNames.CommandPlan, TrackingNames.CommandFiles];

    private static readonly string Ftp = LoadedCommands.HandlerOf(
        """
        [Command("GET :key")] static string Get(string key) => key;
        [Command("SET :key :value")] static string Set(string key, string value) => value;
        """).Replace("Handler", "Ftp", StringComparison.Ordinal)
        .Replace("CommandFtp", "CommandHandler", StringComparison.Ordinal);

    private const string Other =
        """
        static class Users { [Get("/users/:id")] internal static string Find(int id) => ""; }

        public sealed partial class Other : CommandHandler<int>
        {
            [Command("COUNT :mode<mode>")] static int Count(DayOfWeek mode) => 1;
            [Constraint("mode")] internal static bool IsMode(ReadOnlySpan<byte> value) => value.Length < 9;
            protected override int Reject(CommandRejection rejection) => 0;
        }
        """;

    [Theory]
    [InlineData("", "")]
    [InlineData("=> key;", "=> key + key;")]
    [InlineData("[Command(\"GET", "// New.\n\n    [Command(\"GET")]
    [InlineData("[Command(\"SET", "static int Count() => 1;\n    [Command(\"SET")]
    [InlineData("=> key;", "=> key;\n")]
    public void An_edit_that_changes_no_command_stops_there(string from, string to)
    {
        GeneratorRunResult result = RunTwice(from, to);

        Assert.All(
            Steps.SelectMany(step => ReasonsOf(result, step)),
            reason => Assert.True(
                reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData("GET :key", "GET :_key")]
    [InlineData("static string Get(string key)", "static string? Get(string key, CancellationToken stop = default)")]
    [InlineData("[Command(\"SET", "[Command(\"NOOP\")] static void NoOp() { }\n    [Command(\"SET")]
    public void An_edit_of_a_command_prints_its_class_alone(string from, string to)
    {
        GeneratorRunResult result = RunTwice(from, to);

        Assert.Single(ReasonsOf(result, TrackingNames.CommandFiles), IncrementalStepRunReason.Modified);
        Assert.Single(OutputReasons(result), reason => reason != IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void No_step_holds_on_to_the_compiler()
    {
        GeneratorRunResult result = RunTwice("", "");
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (string step in Steps)
        {
            foreach ((object value, _) in result.TrackedSteps[step].SelectMany(run => run.Outputs))
                PipelineTests.Walk(value, step, seen);
        }

        Assert.True(seen.Count > 20, "The walk met next to nothing.");
    }

    [Theory]
    [InlineData("WM1006", "[Command(\"LIST :a? :b\")] static void M(string? a, string b) { }")]
    [InlineData("WM1008", "[Command(\"LIST :a<nothing>\")] static void M(string a) { }")]
    [InlineData("WM2011", "[Command(\"LIST :a\")] static void M(ref int a) { }")]
    [InlineData("WM2032", "[Command(\"LIST\")] static void M<T>() { }")]
    [InlineData("WM2033", "[Command(\"LIST\")] static async void M() { await Task.Yield(); }")]
    [InlineData("WM2034", "static void N() { L(); [Command(\"LIST\")] static void L() { } }")]
    [InlineData("WM7002", "[Command(\"LIST a-:b\")] static void M(string b) { }")]
    [InlineData("WM7003", "[Command(\"LIST :a\")] static void M() { }")]
    [InlineData("WM7004", "[Command(\"LIST :a\")] static void M(Action a) { }")]
    [InlineData("WM7005", "[Command(\"get :a\")] static string M(string a) => a;")]
    [InlineData("WM7006", "[Command(\"LIST\")] static int M() => 1;")]
    public async Task A_command_with_a_problem_leaves_the_others_standing(string id, string member)
    {
        string source = LoadedCommands.HandlerOf(
            "[Command(\"GET :key\")] static string Get(string key) => key; " + member);
        await using LoadedCommands handler = await LoadedCommands.StartAsync(source);

        Assert.Equal("GET :key", Assert.Single(handler.Commands).Template);
        Assert.Equal(["1"], await handler.AskAsync("get 1"));
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(source), ("RunAnalyzers", "false"));
        Assert.Contains($"#error {id}: ", files[File], StringComparison.Ordinal);
        Assert.DoesNotContain(File, GeneratorRun.Run(GeneratorRun.Compile(source)).Keys);
    }

    [Theory]
    [InlineData("public sealed class H : CommandHandler<string> { $ }")]
    [InlineData("public sealed partial class H<T> : CommandHandler<string> { $ }")]
    [InlineData("public class O { public sealed partial class H : CommandHandler<string> { $ } }")]
    [InlineData("file sealed partial class H : CommandHandler<string> { $ }")]
    public void A_class_that_cannot_be_added_to_gets_no_file(string source)
    {
        source = source.Replace(
            "$", "[Command(\"A\")] static void A() { } protected override string Reject(CommandRejection r) => \"\";",
            StringComparison.Ordinal);
        string only = Assert.Single(
            GeneratorRun.Run(GeneratorRun.Compile(source), ("RunAnalyzers", "false"))).Value;
        Assert.Contains("#error WM7001: ", only, StringComparison.Ordinal);
        Assert.Contains("#line (1,", only, StringComparison.Ordinal);
        Assert.Empty(GeneratorRun.Run(GeneratorRun.Compile(source)));
    }

    private static GeneratorRunResult RunTwice(string from, string to)
    {
        CSharpCompilation before = GeneratorRun.Compile(Ftp, Other);
        SyntaxTree tree = before.SyntaxTrees[1];
        Assert.Contains(from, Ftp, StringComparison.Ordinal);
        CSharpCompilation after = from.Length == 0 && to.Length == 0
            ? before.AddSyntaxTrees(GeneratorRun.Parse("class Unrelated { }", "Unrelated.cs"))
            : before.ReplaceSyntaxTree(
                tree, GeneratorRun.Parse(Ftp.Replace(from, to, StringComparison.Ordinal), tree.FilePath));
        GeneratorDriver driver = GeneratorRun.CreateDriver().RunGenerators(before);
        string[] files = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(file => file.HintName)];
        Assert.Contains("Ftp.Commands.g.cs", files);
        Assert.Contains("Other.Commands.g.cs", files);
        return driver.RunGenerators(after).GetRunResult().Results.Single();
    }

    private static List<IncrementalStepRunReason> ReasonsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();
}
