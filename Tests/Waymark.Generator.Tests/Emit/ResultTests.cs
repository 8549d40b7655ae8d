using System.Text;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Emit;

/// <summary>What handlers may return: the emitted code compiles for each, in tasks and beside a body.</summary>
public sealed class ResultTests
{
    /// <summary>Returned at once only: a span cannot come out of a task.</summary>
    private static readonly string[] Spans = ["ReadOnlySpan<byte>", "Span<byte>"];

    private static readonly string[] Values =
    [
        "ReadOnlyMemory<byte>", "ReadOnlyMemory<byte>?", "Memory<byte>", "System.IO.Stream", "System.IO.Stream?",
        "System.IO.MemoryStream", "IAsyncEnumerable<Shop.User>", "IAsyncEnumerable<Shop.User?>?",
        "IAsyncEnumerable<SseItem<string>>", "IAsyncEnumerable<SseItem<Shop.User?>>?", "IEnumerable<Shop.User>",
        "Ok", "Ok?", "Ok<Shop.User>", "Ok<Shop.User?>", "Ok<Shop.User>?", "Ok<(int A, string B)>", "Created",
        "Created<Shop.User>", "Accepted", "Accepted<int>", "NoContent", "BadRequest", "BadRequest<object>", "NotFound",
        "NotFound<Shop.User>", "Conflict", "Conflict<Shop.Point>", "UnprocessableContent",
        "UnprocessableContent<Shop.Point>", "Redirect", "FileResult", "FileResult?", "TextResult", "BytesResult",
        "JsonResult<Shop.User>", "ProblemResult", "StreamResult", "StatusResult",
        "Results<Ok<Shop.User>, NotFound>", "Results<Ok<Shop.User>, NotFound>?", "Results<Shop.User, NotFound>",
        "Results<string?, Shop.Point?, NoContent?>",
        "Results<byte[], ReadOnlyMemory<byte>, Redirect, System.IO.Stream>",
        "Results<Ok<int>, Created<int>, Accepted<int>, BadRequest<int>, Conflict<int>>",
        "Results<IAsyncEnumerable<Shop.User>, FileResult, TextResult, ProblemResult, StatusResult, Conflict>",
    ];

    [Fact]
    public void Every_result_goes_with_every_wrapper()
    {
        var source = new StringBuilder("static class H\n{\n");
        int count = 0;
        foreach (string result in Values.Concat(Spans))
        {
            string[] types = Spans.Contains(result) ? [result] : [result, $"Task<{result}>", $"ValueTask<{result}>"];
            foreach (string type in types)
            {
                foreach (string parameters in new[] { "", "Shop.User body, string result = \"\", int format = 1" })
                {
                    foreach (string produces in new[] { "", ", Produces(\"a/b\")", ", Produces(\"a/b\", \"c/d\")" })
                    {
                        source.Append(
                            $"    [Post(\"/r{count}\"){produces}] public static {type} "
                            + $"M{count++}({parameters}) => throw new Exception();\n");
                    }
                }
            }
        }

        source.Append('}');
        using LoadedTable table = GeneratorRun.Load(EmittedCodeTests.JsonContext, ListJson, source.ToString());

        Assert.Equal(count, table.Table.Routes.Count);
    }

    [Fact]
    public void Results() => Snapshot.Match(GeneratorRun.Run(GeneratorRun.Compile(
        EmittedCodeTests.JsonContext,
        """
        namespace Shop;
        [Produces("application/vnd.shop+json")]
        static class Orders
        {
            [Get("/:id")] internal static Results<Ok<User>, NotFound> Find(int id) => default;
            [Get("/later/:id")] internal static Task<Results<Ok<User>, NotFound>> Later(int id) => null!;
            [Post("/")] internal static Created<User> Add(User user) => default;
            [Get("/all"), Produces("application/json", "application/x-ndjson")]
            internal static IAsyncEnumerable<User> All() => null!;
            [Get("/page"), Produces("text/html")] internal static string Page() => "";
            [Get("/clock"), Produces] internal static IAsyncEnumerable<SseItem<string>> Clock() => null!;
            [Get("/file"), Produces] internal static FileResult? File() => null;
        }
        """)));

    [Theory]
    [InlineData("Ok<Unlisted>", "Unlisted")]
    [InlineData("Task<Results<NotFound, Ok<Unlisted>>>", "Unlisted")]
    [InlineData("Results<Unlisted, NotFound>?", "Unlisted")]
    [InlineData("IAsyncEnumerable<Unlisted>", "Unlisted")]
    [InlineData("IAsyncEnumerable<SseItem<Unlisted>>", "Unlisted")]
    [InlineData("IAsyncEnumerable<SseItem<string>>", null)]
    [InlineData("Results<string, FileResult, NotFound>", null)]
    public void A_route_is_left_out_where_a_case_has_a_JSON_type_that_no_context_lists(string type, string? unlisted)
    {
        Dictionary<string, string> files = GeneratorRun.Run(
            GeneratorRun.Compile(
                $$"""
                public record Unlisted(int X);
                static class H { [Get("/")] internal static {{type}} M() => throw new Exception(); }
                """),
            ("RunAnalyzers", "false"));

        string problems = files.GetValueOrDefault("Waymark.Problems.g.cs", "");
        Assert.Equal(unlisted is not null, problems.Contains("WM3001", StringComparison.Ordinal));
        if (unlisted is not null)
            Assert.Contains($"'M' returns {unlisted} in JSON", problems, StringComparison.Ordinal);
    }

    private const string ListJson =
        """
        namespace More
        {
            [System.Text.Json.Serialization.JsonSerializable(typeof(IEnumerable<Shop.User>))]
            internal sealed partial class MoreJson : System.Text.Json.Serialization.JsonSerializerContext
            {
                public MoreJson() : base(null) { }
                public static MoreJson Default { get; } = new();
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
        }
        """;
}
