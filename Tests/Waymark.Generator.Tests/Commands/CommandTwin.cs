using Waymark.Generator.Tests.Matching;

namespace Waymark.Generator.Tests.Commands;

/// <summary>The slow, obvious twin of the emitted matcher of commands: every template in a list, and each one
/// tried.</summary>
/// <remarks>Shares nothing with the product but the rules.</remarks>
internal sealed class CommandTwin
{
    private readonly List<Form> _forms = [];

    public CommandTwin(IReadOnlyList<string> templates)
    {
        for (int command = 0; command < templates.Count; command++)
        {
            string[] words = templates[command].Split(' ');
            _forms.Add(new Form(command, [.. words.Select(word => word.TrimEnd('?'))]));
            if (words[^1].EndsWith('?'))
                _forms.Add(new Form(command, words[..^1]));
        }
    }

    /// <summary>The commands that may answer a line, with their captures: more than one where nothing orders
    /// them.</summary>
    public HashSet<(int Command, string Captures)> Match(string line)
    {
        string[] words = line.Split(' ');
        List<Form> able = _forms.FindAll(form => form.Takes(words));
        return able.FindAll(one => !able.Exists(other => Precedes(other, one)))
            .Select(form => (form.Command, form.CapturesOf(words)))
            .ToHashSet();
    }

    private static bool Precedes(Form left, Form right)
    {
        int same = left.Words.Zip(right.Words).TakeWhile(pair => IsSame(pair.First, pair.Second)).Count();
        if (same == left.Words.Length || same == right.Words.Length)
            return false;
        int order = RankOf(left.Words[same]).CompareTo(RankOf(right.Words[same]));
        return order != 0
            ? order < 0
            : RankOf(left.Words[same]) == 1 && IsNarrower(RulesOf(left.Words[same]), RulesOf(right.Words[same]));
    }

    /// <summary>Literal, capture with constraints, capture without, rest.</summary>
    private static int RankOf(string word) => word[0] switch
    {
        ':' when word[1] == ':' => 0,
        ':' => word.Contains('<', StringComparison.Ordinal) ? 1 : 2,
        '*' => 3,
        _ => 0,
    };

    private static bool IsSame(string left, string right) => RankOf(left) == RankOf(right) && RankOf(left) switch
    {
        0 => left.Equals(right, StringComparison.OrdinalIgnoreCase),
        1 => RulesOf(left) == RulesOf(right),
        _ => true,
    };

    private static bool IsNarrower(string left, string right) =>
        Constraints.IsSubset(left, right) && !Constraints.IsSubset(right, left);

    private static string LiteralOf(string word) => word.Replace("::", ":", StringComparison.Ordinal);

    private static string RulesOf(string word) => word[(word.IndexOf('<', StringComparison.Ordinal) + 1)..^1];

    /// <summary>A template without a word that may be missing.</summary>
    private sealed record Form(int Command, string[] Words)
    {
        public bool Takes(string[] line)
        {
            bool hasRest = Words[^1][0] == '*';
            return (hasRest ? line.Length >= Words.Length : line.Length == Words.Length)
                && Words.Zip(line).All(pair => RankOf(pair.First) switch
                {
                    0 => LiteralOf(pair.First).Equals(pair.Second, StringComparison.OrdinalIgnoreCase),
                    1 => Constraints.Hold(RulesOf(pair.First), pair.Second),
                    _ => true,
                });
        }

        public string CapturesOf(string[] line)
        {
            IEnumerable<string> captures = Words.Select((word, index) => RankOf(word) switch
            {
                0 => null,
                3 => string.Join(',', line[index..]),
                _ => line[index],
            }).OfType<string>();
            return string.Join('|', captures);
        }
    }
}
