using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Planning;

/// <summary>Which commands are emitted, and the names of everything emitted for them.</summary>
internal static class CommandPlan
{
    /// <summary>Makes the plan.</summary>
    /// <param name="commands">In any order.</param>
    /// <param name="constraints">The users' constraints, sorted.</param>
    public static CommandPlanModel Of(
        EquatableArray<CommandModel> commands, EquatableArray<UserConstraint> constraints)
    {
        var names = new ConstraintNames(constraints);
        var hints = new NameSet(StringComparer.OrdinalIgnoreCase, []);
        var files = new List<CommandFileModel>();
        var problems = new List<RouteProblem>();
        foreach (IGrouping<string, CommandModel> group in commands
            .GroupBy(command => command.Class.QualifiedName, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            List<CommandModel> all = group
                .OrderBy(command => command, Comparer<CommandModel>.Create(CommandChecks.Compare))
                .ToList();
            List<List<Problem>> found = CommandChecks.FindProblems(all, names);
            for (int index = 0; index < all.Count; index++)
            {
                problems.AddRange(found[index].Select(
                    problem => new RouteProblem(all[index].Template, all[index].Label, problem)));
            }

            List<CommandModel> sound = all.Where((_, index) => found[index].Count == 0).ToList();
            if (sound.Count > 0)
                files.Add(FileOf(sound, names, hints.Take(HintNames.Safe(group.Key) + HintNames.Commands)));
        }

        return new CommandPlanModel(files.ToEquatableArray(), problems.ToEquatableArray());
    }

    private static CommandFileModel FileOf(List<CommandModel> commands, ConstraintNames constraints, string hint)
    {
        CommandClassModel type = commands[0].Class;
        string prefix = type.SimpleName + "_";
        var members = new NameSet(
            StringComparer.Ordinal,
            type.TakenNames.Concat(Reserved.Select(name => prefix + name)));
        EquatableArray<CommandThunk> thunks = commands
            .Select(command => new CommandThunk(members.Take(prefix + command.MethodName), command))
            .ToEquatableArray();
        IEnumerable<ValueModel> parsers = commands
            .SelectMany(command => command.Parameters)
            .Select(parameter => parameter.Value)
            .OfType<ValueModel>()
            .Where(value => value.Parser.Length == 0)
            .Select(value => value with { Collection = CollectionKind.None })
            .GroupBy(value => value.Type, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.First());
        return new CommandFileModel(
            HintNames.WithEnding(hint), type, prefix, thunks, CallsOf(commands, constraints),
            parsers.ToEquatableArray());
    }

    /// <summary>What the emitters name by themselves.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["Commands", "Match", "Automata", "Parsers"];

    private static EquatableArray<ConstraintCall> CallsOf(List<CommandModel> commands, ConstraintNames constraints) =>
        commands
            .SelectMany(command => CommandTemplateParser.Parse(command.Template).Path.Captures)
            .SelectMany(capture => capture.Constraints)
            .Where(constraint => constraint.Kind == ConstraintKind.User)
            .GroupBy(constraint => constraint.Text, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ConstraintCall(
                group.Key, "", constraints.ByName[group.First().Argument].Method, "", ""))
            .ToEquatableArray();
}
