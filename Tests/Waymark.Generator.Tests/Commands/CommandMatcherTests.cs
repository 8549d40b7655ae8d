using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Harness;
using Waymark.Generator.Tests.Matching;

namespace Waymark.Generator.Tests.Commands;

/// <summary>The emitted matcher of commands against <see cref="CommandTwin"/>, over random tables and lines.</summary>
public sealed partial class CommandMatcherTests
{
    private const int CommandsMax = 20;
    private const int LineCount = 400;

    private static readonly string[] Literals = ["get", "config-get", "a", "ab", "x/y", "Get", "::1"];

    private static readonly string[] Rules =
    [
        "int", "long", "bool", "alpha", "alnum", "hex", "slug", "len(3)", "len(1,9)", "min(5)", "range(1,100)",
        "in(a|b|ab)", "int,min(5)", "re([a-z]+)", "re([0-9]{1,3})", "re((a|b)*c?)",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_line_goes_where_the_twin_says(int seed)
    {
        var random = new Random(seed);
        string[] drawn = [.. Enumerable.Range(0, random.Next(4, CommandsMax)).Select(_ => Template(random)).Distinct()];
        string source = SourceOf(drawn);
        await using LoadedCommands handler = await LoadedCommands.StartAsync(source);
        string[] kept = [.. drawn.Where(template => handler.Commands.Any(command => command.Template == template))];
        Assert.NotEmpty(kept);
        Assert.Equal(drawn.Length - kept.Length, CountAmbiguous(seed, source, drawn));
        var twin = new CommandTwin(kept);
        string[] lines = [.. Enumerable.Range(0, LineCount).Select(_ => Line(random, drawn))];
        // In one go, as octets: the answers come in the order of the lines.
        string heard = await handler.TalkAsync(Latin(string.Concat(lines.Select(line => line + "\n"))));
        string[] answers = heard.TrimEnd('\n').Split('\n');

        Assert.Equal(lines.Length, answers.Length);
        for (int index = 0; index < lines.Length; index++)
        {
            HashSet<(int Command, string Captures)> expected = twin.Match(lines[index]);
            string answer = Utf8(answers[index]);
            string wanted = expected.Count == 0
                ? "none"
                : string.Join(" or ", expected.Select(one => $"{kept[one.Command]} {one.Captures}"));
            string shown = answer.StartsWith("Unknown|", StringComparison.Ordinal)
                || answer.StartsWith("Arguments|", StringComparison.Ordinal) ? "none" : answer;
            Assert.True(
                expected.Count <= 1 && wanted == shown,
                $"seed {seed}, line '{lines[index]}': wanted {wanted}, got {answer}\n{string.Join('\n', kept)}");
        }
    }

    /// <summary>The line that a conflict names is taken by both, and nothing orders them.</summary>
    /// <returns>How many are dropped for that.</returns>
    private static int CountAmbiguous(int seed, string source, string[] drawn)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(source);
        GeneratorRun.Run(compilation, ("RunAnalyzers", "false")).TryGetValue(
            "Waymark.CommandProblems.g.cs", out string? problems);
        MatchCollection conflicts = ConflictPattern().Matches(problems ?? "");
        foreach (Match conflict in conflicts)
        {
            string[] both = [conflict.Groups["one"].Value, conflict.Groups["two"].Value];
            Assert.All(both, template => Assert.Contains(template, drawn));
            int count = new CommandTwin(both).Match(conflict.Groups["line"].Value)
                .Select(found => found.Command).Distinct().Count();
            Assert.True(count == 2, $"seed {seed}: {conflict.Value}");
        }

        return conflicts.Count;
    }

    private static string Template(Random random)
    {
        // Few first words, so that many commands of a table have to be told apart behind them.
        var words = new List<string> { Literals[random.Next(2)] };
        for (int count = random.Next(4); count > 0; count--)
        {
            bool isLast = count == 1;
            words.Add(random.Next(isLast ? 7 : 5) switch
            {
                0 or 1 => Literals[random.Next(Literals.Length)],
                2 => $":p{words.Count}",
                3 or 4 => $":p{words.Count}<{Rules[random.Next(Rules.Length)]}>",
                5 => $":p{words.Count}?",
                _ => $"*p{words.Count}" + (random.Next(2) == 0 ? "?" : ""),
            });
        }

        return string.Join(' ', words);
    }

    private static string Line(Random random, string[] templates)
    {
        string[] template = templates[random.Next(templates.Length)].Split(' ');
        List<string> words =
        [
            .. template.Select(word => IsCapture(word) ? Value(random)
                : random.Next(2) == 0 ? word.ToUpperInvariant() : word),
        ];
        if (random.Next(4) == 0)
            words.Add(Value(random));
        if (random.Next(5) == 0 && words.Count > 1)
            words.RemoveAt(words.Count - 1);
        if (random.Next(6) == 0)
            words[random.Next(words.Count)] = Value(random);
        return string.Join(' ', words).Replace("::", ":", StringComparison.Ordinal);
    }

    private static bool IsCapture(string word) => word[0] == '*' || (word[0] == ':' && word[1] != ':');

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => Literals[random.Next(Literals.Length)],
        1 => "%41",
        _ => Constraints.Sample[random.Next(Constraints.Sample.Length)],
    };

    private static string SourceOf(string[] templates)
    {
        var members = new StringBuilder();
        for (int index = 0; index < templates.Length; index++)
        {
            string[] captures = [.. templates[index].Split(' ').Where(IsCapture)];
            IEnumerable<string> parameters = captures.Select(word =>
                (word[0] == '*' ? "string[]" : "string?") + " " + Name(word));
            IEnumerable<string> shown = captures.Select(word =>
                word[0] == '*' ? $"Show(string.Join(\",\", {Name(word)}))" : $"Show({Name(word)})");
            string list = captures.Length == 0
                ? "\"\""
                : $"string.Join(\"|\", new[] {{ {string.Join(", ", shown)} }}.OfType<string>())";
            members.Append("    [Command(\"").Append(templates[index]).Append("\")] static string M").Append(index)
                .Append('(').AppendJoin(", ", parameters).Append(") => \"").Append(templates[index]).Append(" \" + ")
                .Append(list).Append(";\n");
        }

        members.Append("    static string? Show(string? text) => string.IsNullOrEmpty(text) ? null : text;\n");
        return "using System.Linq;\n" + LoadedCommands.HandlerOf(members.ToString());
    }

    private static string Name(string word) => word.TrimStart(':', '*').TrimEnd('?').Split('<')[0];

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Utf8(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));

    [GeneratedRegex(
        "WM7005: \"(?<two>[^\"]+)\" of Handler.M[0-9]+ and \"(?<one>[^\"]+)\" of Handler.M[0-9]+ " +
        "both take \"(?<line>[^\"]+)\"")]
    private static partial Regex ConflictPattern();
}
