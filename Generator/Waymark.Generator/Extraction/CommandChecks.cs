using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Looks at all commands of a class together.</summary>
internal static class CommandChecks
{
    public const string Conflict = "WM7005";

    private static readonly TableOptions Options = TableOptions.Default with { IsCaseInsensitive = true };

    /// <summary>The order that decides which of two commands that take the same lines stays.</summary>
    public static int Compare(CommandModel left, CommandModel right)
    {
        int order = string.CompareOrdinal(left.Class.QualifiedName, right.Class.QualifiedName);
        if (order == 0)
            order = string.CompareOrdinal(left.Template, right.Template);
        return order != 0 ? order : string.CompareOrdinal(left.MethodName, right.MethodName);
    }

    /// <summary>What is wrong with each command; an empty list for one that is emitted.</summary>
    /// <param name="commands">Those of one class, sorted by <see cref="Compare"/>.</param>
    /// <param name="constraints">The users' constraints.</param>
    public static List<List<Problem>> FindProblems(IReadOnlyList<CommandModel> commands, ConstraintNames constraints)
    {
        List<List<Problem>> problems = commands
            .Select(command => command.Problems
                .Concat(constraints.FindUnknown(CommandTemplateParser.Parse(command.Template).Path))
                .ToList())
            .ToList();
        List<int> sound = Enumerable.Range(0, commands.Count).Where(index => problems[index].Count == 0).ToList();
        foreach ((int command, int other, string line) in FindConflicts(sound.ConvertAll(index => commands[index])))
            problems[sound[command]].Add(Explain(commands[sound[command]], commands[sound[other]], line));
        return problems;
    }

    /// <summary>The commands that take lines of an earlier one that stays, and such a line.</summary>
    private static IEnumerable<(int Command, int Other, string Line)> FindConflicts(List<CommandModel> commands)
    {
        var forms = new List<ProvenRoute>();
        var owners = new List<int>();
        for (int index = 0; index < commands.Count; index++)
        {
            foreach (Template form in CommandTemplateParser.Parse(commands[index].Template).Forms)
            {
                forms.Add(new ProvenRoute("", form, 0));
                owners.Add(index);
            }
        }

        var dropped = new HashSet<int>();
        foreach (Conflict conflict in ConflictFinder.Find(forms, Options))
        {
            // Conflicts come sorted by their first form, so whether that one's command stays is already decided.
            (int first, int second) = (owners[conflict.First], owners[conflict.Second]);
            if (first == second || dropped.Contains(first) || !dropped.Add(second))
                continue;
            yield return (second, first, LineOf(conflict.Witness));
        }
    }

    /// <summary>A line for a path: what is escaped there stands as it is here.</summary>
    private static string LineOf(string path)
    {
        var line = new System.Text.StringBuilder();
        foreach (string word in path.Split('/').Where(word => word.Length > 0))
        {
            line.Append(line.Length == 0 ? "" : " ");
            foreach (int symbol in PathSymbols.Of(word))
            {
                char character = (char)PathSymbols.OctetOf(symbol);
                line.Append(character is > ' ' and < (char)0x7F
                    ? character.ToString()
                    : "\\x" + ((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return line.ToString();
    }

    private static Problem Explain(CommandModel command, CommandModel other, string line) => Problem.InTemplate(
        Conflict, 0, command.Template.Length,
        $"\"{command.Template}\" of {command.Label} and \"{other.Template}\" of {other.Label} both take \"{line}\", " +
        "and neither is more specific: change a literal, or put a constraint into one of them.");
}
