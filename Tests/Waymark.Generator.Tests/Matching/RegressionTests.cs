using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Matching;

/// <summary>What other routers got wrong over the years, one test for each block of Matching/Regressions.</summary>
public sealed class RegressionTests
{
    /// <summary>So that a file that is not copied is noticed.</summary>
    private const int BlocksMin = 100;

    public static IEnumerable<TheoryDataRow<string, string>> Blocks() =>
        RegressionBlock.ReadAll().Select(found => new TheoryDataRow<string, string>(found.File, found.Block.Heading)
        {
            TestDisplayName = $"{found.File}: {found.Block.Heading}",
        });

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_mistake_of_another_router_is_not_made_here(string file, string heading)
    {
        RegressionBlock block = RegressionBlock.ReadAll()
            .Single(found => found.File == file && found.Block.Heading == heading).Block;

        CheckProblems(block);
        if (block.Requests.Count == 0)
            return;
        using LoadedTable table = GeneratorRun.Load(block.Source());
        List<string> wrong = block.Requests
            .Select(request => (Request: request, Actual: Answer(table, block, request)))
            .Where(answer => !Same(answer.Request.Outcome, answer.Actual))
            .Select(answer => $"{answer.Request.Verb} {answer.Request.Path}: expected {answer.Request.Outcome}, " +
                $"was {answer.Actual}")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_block_has_a_heading_of_its_own_names_an_issue_and_expects_something()
    {
        List<(string File, RegressionBlock Block)> all =
            RegressionBlock.ReadAll().ToList();

        Assert.Equal(all.Count, all.Select(found => found.Block.Heading).Distinct().Count());
        Assert.All(all, found =>
        {
            Assert.Matches("^[\\w.-]+/[\\w.-]+(#[0-9]+|@[0-9a-f]{7}|!GHSA-[0-9a-z-]+): \\S", found.Block.Heading);
            Assert.NotEmpty(found.Block.Routes);
            Assert.True(found.Block.Requests.Count + found.Block.Problems.Count > 0, found.Block.Heading);
        });
        Assert.InRange(RegressionBlock.ReadAll().Count(), BlocksMin, int.MaxValue);
    }

    private static void CheckProblems(RegressionBlock block)
    {
        Dictionary<string, string> files = GeneratorRun.Run(
            GeneratorRun.Compile(block.Source()), ("RunAnalyzers", "false"));
        string[] errors = files.GetValueOrDefault("Waymark.Problems.g.cs", "").Split('\n')
            .Where(line => line.StartsWith("#error ", StringComparison.Ordinal)).ToArray();

        string told = $"expected {string.Join(", ", block.Problems)}; was {string.Join("\n", errors)}";
        Assert.True(block.Problems.Count == errors.Length, told);
        foreach (string[] problem in block.Problems.Select(problem => problem.Split(' ')))
            Assert.True(Array.Exists(errors, error => Tells(error, problem)), told);
    }

    private static bool Tells(string error, string[] problem) =>
        error.StartsWith($"#error {problem[0]}: ", StringComparison.Ordinal) && (problem.Length == 1
            || error.Contains($" both match {problem[1]}, ", StringComparison.Ordinal));

    /// <summary>What the matcher does, in the words of the tables.</summary>
    private static string Answer(LoadedTable table, RegressionBlock block, RegressionRequest request)
    {
        string method = request.Verb.ToUpperInvariant();
        List<int> counts = table.Table.Routes
            .Select(route => Pattern.CountCaptures(route.Template)).ToList();
        MatchOutcome outcome = table.Match(request.Path, method, counts);
        if (outcome.Route < 0)
        {
            if (outcome.IsElsewhere)
                return "308 " + (request.Path.EndsWith('/') ? request.Path[..^1] : request.Path + "/");
            if (!table.IsKnown(method))
                return "501";
            if (outcome.Allow.Count == 0)
                return "404";
            // OPTIONS is answered from the verbs met, where no route claims it.
            string status = method == "OPTIONS" ? "204 " : "405 ";
            return status + string.Join(", ", outcome.Allow);
        }

        RouteInfo matched = table.Table.Routes[outcome.Route];
        RegressionRoute route = block.Routes.Single(route =>
            string.Equals(route.Verb, matched.Method, StringComparison.OrdinalIgnoreCase)
            && RegressionBlock.Unbind(route.Template) == matched.Template);
        IEnumerable<string> captures = RegressionBlock.CaptureNames(route.Template)
            .Zip(outcome.Captures.Split('|'), (name, value) => $"{name}={value}");
        return string.Join(' ', captures.Prepend($"{route.Verb} {route.Template}"));
    }

    /// <summary>Blanks do not count, nor does the order of the verbs of Allow.</summary>
    private static bool Same(string expected, string actual) =>
        Words(expected).SequenceEqual(Words(actual), StringComparer.Ordinal);

    private static IEnumerable<string> Words(string outcome)
    {
        string[] words = outcome.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return char.IsAsciiDigit(words[0][0]) ? words.Order(StringComparer.Ordinal) : words;
    }
}
