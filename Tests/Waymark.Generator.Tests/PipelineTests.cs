using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Emit;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests;

/// <summary>The table of edits in the routing document: which steps an edit runs again, and which files it prints
/// again.</summary>
public sealed class PipelineTests
{
    /// <summary>Two classes with their links, the table, and what stands around the links.</summary>
    private const int FileCount = 6;

    private const string Users =
        """
        static class Users
        {
            [Get("/users/:id")] internal static Shop.User? Find(int id) => null;
            [Get("/users")] internal static List<Shop.User> List(int page = 1) => [];
        }
        """;

    private const string Tag =
        """

        sealed class TagAttribute(string name) : MiddlewareAttribute
        {
            public override Handler Wrap(Handler next, ServerContext server) => name.Length == 0 ? null! : next;
        }
        """;

    private const string Orders =
        """
        static class Orders
        {
            [Post("/orders")] internal static void Add(Shop.User user) { }
            [Delete("/orders/:id")] internal static void Remove(long id) { }
        }
        """;

    [Theory]
    [InlineData("nothing", Users, Users)]
    [InlineData("a body", Users, "=> null;", "=> new(id, null);")]
    [InlineData("a comment above a route", Users, "    [Get(\"/users/:id\")]",
        "    // New.\n\n    [Get(\"/users/:id\")]")]
    [InlineData("another method", Users, "    [Get(\"/users/:id\")]",
        "    static int Count() => 1;\n    [Get(\"/users/:id\")]")]
    public void An_edit_that_changes_no_route_stops_at_the_routes(
        string what, string before, string from, string to = "")
    {
        string after = to.Length == 0 ? from : before.Replace(from, to, StringComparison.Ordinal);
        GeneratorRunResult result = RunTwice(before, after);

        AssertNothingChanged(result, what);
    }

    [Fact]
    public void Methods_in_another_order_change_nothing()
    {
        string[] lines = Users.Split('\n');
        (lines[2], lines[3]) = (lines[3], lines[2]);
        GeneratorRunResult result = RunTwice(Users, string.Join("\n", lines));

        AssertNothingChanged(result, "");
    }

    [Fact]
    public void An_unrelated_file_changes_nothing()
    {
        CSharpCompilation compilation = CompilationOf(Users);
        SyntaxTree other = GeneratorRun.Parse("class Other { }", "Other.cs");
        GeneratorRunResult result = Run(compilation, compilation.AddSyntaxTrees(other));

        AssertNothingChanged(result, "");
    }

    [Theory]
    [InlineData("parameter and capture renamed", "/users/:id\")] internal static Shop.User? Find(int id",
        "/users/:key\")] internal static Shop.User? Find(int key", true)]
    [InlineData("parameter's type changed", "Find(int id)", "Find(long id)", false)]
    [InlineData("query parameter renamed", "int page", "int sheet", false)]
    [InlineData("result's type changed", "Shop.User? Find", "string? Find", false, false)]
    [InlineData("route added", "    [Get(\"/users\")]",
        "    [Put(\"/users/:id\")] internal static void Put(int id) { }\n    [Get(\"/users\")]", true)]
    [InlineData("route removed", "    [Get(\"/users\")]", "    ", true)]
    public void An_edit_of_a_route_prints_its_class_and_at_most_the_table_and_the_links(
        string what, string from, string to, bool isTableChanged, bool areLinksChanged = true)
    {
        GeneratorRunResult result = RunTwice(Users, Users.Replace(from, to, StringComparison.Ordinal));

        Assert.True(ReasonsOf(result, TrackingNames.Routes).Any(reason => !IsUnchanged(reason)), what);
        Assert.Single(ReasonsOf(result, TrackingNames.Handlers), IncrementalStepRunReason.Modified);
        Assert.Equal(isTableChanged, ReasonsOf(result, TrackingNames.Table)
            .Contains(IncrementalStepRunReason.Modified));
        Assert.Equal(areLinksChanged, ReasonsOf(result, TrackingNames.Links)
            .Contains(IncrementalStepRunReason.Modified));
        int modified = 1 + (isTableChanged ? 1 : 0) + (areLinksChanged ? 1 : 0);
        Assert.Equal(modified, OutputReasons(result).Count(reason =>
            reason == IncrementalStepRunReason.Modified));
        Assert.DoesNotContain(IncrementalStepRunReason.New, OutputReasons(result));
    }

    [Fact]
    public void One_renamed_parameter_modifies_one_route()
    {
        GeneratorRunResult result = RunTwice(Users, Users.Replace("int page", "int sheet", StringComparison.Ordinal));

        Assert.Single(ReasonsOf(result, TrackingNames.Routes), IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData("Tag(\"a\"), Get(\"/users/:id\")", "Tag(\"b\"), Get(\"/users/:id\")")]
    [InlineData("static class Users", "[Tag(\"c\")] static class Users")]
    public void An_edit_of_a_middleware_prints_its_file_alone(string from, string to)
    {
        string before = Users.Replace("Get(\"/users/:id\")", "Tag(\"a\"), Get(\"/users/:id\")",
            StringComparison.Ordinal) + Tag;
        GeneratorRunResult result = RunTwice(before, before.Replace(from, to, StringComparison.Ordinal), files: 7);

        Assert.Contains(IncrementalStepRunReason.Modified, ReasonsOf(result, TrackingNames.Middleware));
        Assert.All(ReasonsOf(result, TrackingNames.Table), reason => Assert.True(IsUnchanged(reason), $"{reason}"));
        Assert.Single(OutputReasons(result), reason => reason != IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_type_added_to_the_JSON_context_prints_nothing_again()
    {
        CSharpCompilation compilation = CompilationOf(Users);
        SyntaxTree context = compilation.SyntaxTrees[1];
        GeneratorRunResult result = Run(compilation, compilation.ReplaceSyntaxTree(context, GeneratorRun.Parse(
            context.ToString().Replace("[JsonSerializable(typeof(int))",
                "[JsonSerializable(typeof(long)), JsonSerializable(typeof(int))", StringComparison.Ordinal),
            context.FilePath)));

        Assert.Contains(IncrementalStepRunReason.Modified, ReasonsOf(result, TrackingNames.JsonContexts));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void No_step_holds_on_to_the_compiler()
    {
        GeneratorRunResult result = RunTwice(Users, Users);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (string step in TrackingNames.All)
        {
            Assert.True(result.TrackedSteps.ContainsKey(step), step);
            foreach ((object value, _) in result.TrackedSteps[step].SelectMany(run => run.Outputs))
                Walk(value, step, seen);
        }

        Assert.True(seen.Count > 20, "The walk met next to nothing.");
    }

    internal static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum
            || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Location or Compilation or SemanticModel,
            $"{path} is {value.GetType()}");

        // The array below an EquatableArray is not raw: it is compared by its elements.
        bool isCollection = value.GetType() is { IsGenericType: true } type && type.Name.StartsWith("EquatableArray",
            StringComparison.Ordinal);
        Assert.False(value is Array || (!isCollection && value is IEnumerable), $"{path} is {value.GetType()}");
        if (isCollection)
        {
            foreach (object? item in (IEnumerable)value)
                Walk(item, path + "[]", seen);
            return;
        }

        foreach (FieldInfo field in value.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), path + "." + field.Name, seen);
    }

    private static CSharpCompilation CompilationOf(string users) => GeneratorRun.Compile(EmittedCodeTests.JsonContext,
        users, Orders);

    private static GeneratorRunResult RunTwice(string before, string after, int files = FileCount)
    {
        CSharpCompilation compilation = CompilationOf(before);
        SyntaxTree tree = compilation.SyntaxTrees[2];
        return Run(compilation, before == after
            ? compilation
            : compilation.ReplaceSyntaxTree(tree, GeneratorRun.Parse(after, tree.FilePath)), files);
    }

    private static GeneratorRunResult Run(CSharpCompilation before, CSharpCompilation after, int files = FileCount)
    {
        GeneratorDriver driver = GeneratorRun.CreateDriver().RunGenerators(before);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        Assert.Equal(files, first.GeneratedSources.Length);
        return driver.RunGenerators(after).GetRunResult().Results.Single();
    }

    private static List<IncrementalStepRunReason> ReasonsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void AssertNothingChanged(GeneratorRunResult result, string what)
    {
        foreach (string step in TrackingNames.All)
            Assert.All(
                ReasonsOf(result, step), reason => Assert.True(IsUnchanged(reason), $"{what}, {step}: {reason}"));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }
}
