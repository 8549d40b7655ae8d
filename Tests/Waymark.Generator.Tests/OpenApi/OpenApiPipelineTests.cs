using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>Which steps an edit runs again where a document is asked for, and that nothing is read where none
/// is.</summary>
public sealed class OpenApiPipelineTests
{
    private const string Users =
        """
        static class Users
        {
            [Get("/users/:id")] internal static string Find(int id) => "";
            [Get("/users")] internal static string List(int page = 1) => "";
        }
        """;

    private const string Route = "    [Get(\"/users/:id\")]";
    private const string Documented = "    /// <summary>New.</summary>\n    [Get(\"/users/:id\")]";

    [Theory]
    [InlineData("int id) => \"\"", "int id) => \"x\"")]
    [InlineData(Route, "    // New.\n" + Route)]
    [InlineData(Route, "    static int Count() => 1;\n" + Route)]
    [InlineData(Route, "    /// <example>What nobody reads.</example>\n" + Route)]
    public void An_edit_that_changes_no_document_prints_nothing(string from, string to)
    {
        GeneratorRunResult result = Edit(from, to, isAsked: true);
        foreach (string step in TrackingNames.All)
            Assert.All(ReasonsOf(result, step), reason => Assert.True(IsUnchanged(reason), $"{step}: {reason}"));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_documentation_comment_prints_the_document_and_nothing_else()
    {
        GeneratorRunResult result = Edit(Route, Documented, isAsked: true);
        foreach (string step in TrackingNames.All.Except([TrackingNames.OpenApiFacts, TrackingNames.OpenApi]))
            Assert.All(ReasonsOf(result, step), reason => Assert.True(IsUnchanged(reason), $"{step}: {reason}"));
        Assert.Equal([IncrementalStepRunReason.Modified], ReasonsOf(result, TrackingNames.OpenApiFacts));
        Assert.Equal([IncrementalStepRunReason.Modified], ReasonsOf(result, TrackingNames.OpenApi));
        Assert.Single(OutputReasons(result), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_parameter_changes_the_document_as_well()
    {
        GeneratorRunResult result = Edit("int page = 1", "int sheet = 1", isAsked: true);
        Assert.Equal([IncrementalStepRunReason.Modified], ReasonsOf(result, TrackingNames.OpenApi));
        // The class, the links and the document.
        Assert.Equal(3, OutputReasons(result).Count(reason => reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void Where_no_document_is_asked_for_nothing_is_read()
    {
        GeneratorRunResult result = Edit(Route, Documented, isAsked: false);
        foreach (string step in TrackingNames.All)
            Assert.All(ReasonsOf(result, step), reason => Assert.True(IsUnchanged(reason), $"{step}: {reason}"));
        object read = result.TrackedSteps[TrackingNames.OpenApiFacts].Single().Outputs.Single().Value;
        Assert.Equal(new OpenApiReading(null, null), read);
        Assert.DoesNotContain("Waymark.OpenApi.g.cs", result.GeneratedSources.Select(source => source.HintName));
    }

    private static GeneratorRunResult Edit(string from, string to, bool isAsked)
    {
        Assert.Contains(from, Users, StringComparison.Ordinal);
        CSharpCompilation before = GeneratorRun.Compile(
            Users, isAsked ? """[assembly: OpenApi(Title = "T", Version = "1")]""" : "");
        SyntaxTree tree = before.SyntaxTrees[1];
        SyntaxTree edited = GeneratorRun.Parse(Users.Replace(from, to, StringComparison.Ordinal), tree.FilePath);
        return GeneratorRun.CreateDriver()
            .RunGenerators(before)
            .RunGenerators(before.ReplaceSyntaxTree(tree, edited))
            .GetRunResult().Results.Single();
    }

    private static List<IncrementalStepRunReason> ReasonsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
