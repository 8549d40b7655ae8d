using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>What an edit prints again where a table is mounted.</summary>
public sealed class MountPipelineTests
{
    private const string Lib =
        """
        [assembly: ExportRoutes(Namespace = "Lib")]
        public static class InLib
        {
            [Get("/:id<sku>")] public static string Find(string id) => "";
            [Constraint("sku")] public static bool IsSku(ReadOnlySpan<byte> value) => true;
        }
        """;

    private const string Host =
        """
        [assembly: Mount<Lib.Routes>("/lib")]
        static class Home { [Get("/")] internal static string Hello() => "hello"; }
        """;

    [Theory]
    [InlineData("=> \"hello\"", "=> \"hullo\"")]
    [InlineData("static class Home", "// A comment.\nstatic class Home")]
    public void An_edit_of_a_body_in_the_host_prints_nothing(string from, string to)
    {
        CSharpCompilation host = HostOf(Lib);
        SyntaxTree tree = host.SyntaxTrees[1];
        GeneratorRunResult result = RunTwice(host, host.ReplaceSyntaxTree(
            tree, GeneratorRun.Parse(Host.Replace(from, to, StringComparison.Ordinal), tree.FilePath)));

        Assert.All(StepReasons(result), reason => Assert.True(IsUnchanged(reason), $"{reason}"));
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_body_in_the_library_prints_nothing_in_the_host()
    {
        GeneratorRunResult result = RunTwice(
            HostOf(Lib), HostOf(Lib.Replace("=> \"\";", "=> \"x\";", StringComparison.Ordinal)));

        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_route_added_in_the_library_prints_only_the_host_s_table()
    {
        string more = Lib.Replace(
            "    [Constraint",
            "    [Get(\"/new\")] public static void New() { }\n    [Constraint",
            StringComparison.Ordinal);
        GeneratorRunResult result = RunTwice(HostOf(Lib), HostOf(more));

        Assert.Single(Outputs(result), IncrementalStepRunReason.Modified);
        Assert.DoesNotContain(IncrementalStepRunReason.New, Outputs(result));
        Assert.All(
            result.TrackedSteps[TrackingNames.Handlers].SelectMany(run => run.Outputs),
            output => Assert.True(IsUnchanged(output.Reason), $"{output.Reason}"));
        Assert.Contains("/lib/new", TextOf(result, "Waymark.Routes.g.cs"), StringComparison.Ordinal);
    }

    /// <summary>A host that references a library as an IDE does: as a compilation with its generated files.</summary>
    private static CSharpCompilation HostOf(string library)
    {
        GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(
            GeneratorRun.Compile(library).WithAssemblyName("Lib"), out Compilation built, out _);
        return GeneratorRun.Compile(Host).WithAssemblyName("Host").AddReferences(built.ToMetadataReference());
    }

    private static GeneratorRunResult RunTwice(CSharpCompilation before, CSharpCompilation after)
    {
        // The second host is made of the same trees: only what a test changes differs.
        for (int index = 0; index < before.SyntaxTrees.Length; index++)
        {
            if (before.SyntaxTrees[index].ToString() == after.SyntaxTrees[index].ToString())
                after = after.ReplaceSyntaxTree(after.SyntaxTrees[index], before.SyntaxTrees[index]);
        }

        GeneratorDriver driver = GeneratorRun.CreateDriver().RunGenerators(before);
        // Home.g.cs, the table and the links.
        Assert.Equal(4, driver.GetRunResult().Results.Single().GeneratedSources.Length);
        return driver.RunGenerators(after).GetRunResult().Results.Single();
    }

    private static IEnumerable<IncrementalStepRunReason> StepReasons(GeneratorRunResult result) =>
        TrackingNames.All.SelectMany(step => result.TrackedSteps[step])
            .SelectMany(run => run.Outputs)
            .Select(output => output.Reason);

    private static List<IncrementalStepRunReason> Outputs(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static string TextOf(GeneratorRunResult result, string hint) =>
        result.GeneratedSources.Single(source => source.HintName == hint).SourceText.ToString();

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
