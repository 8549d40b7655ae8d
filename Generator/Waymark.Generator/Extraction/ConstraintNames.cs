using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Extraction;

/// <summary>The users' constraints of an assembly by name: which templates may use, and which have a problem.</summary>
internal sealed class ConstraintNames
{
    private readonly Dictionary<string, UserConstraint> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<UserConstraint, Problem> _problems = [];

    /// <param name="constraints">Sorted by name and method: of two with one name, the first one stays.</param>
    public ConstraintNames(IReadOnlyList<UserConstraint> constraints)
    {
        foreach (UserConstraint constraint in constraints)
        {
            Problem? problem = constraint.Problem;
            if (problem is null && _byName.TryGetValue(constraint.Name, out UserConstraint? first))
                problem = ConstraintReader.Duplicate(constraint, first);
            if (problem is null)
                _byName.Add(constraint.Name, constraint);
            else
                _problems[constraint] = problem;
        }
    }

    /// <summary>What is wrong with the constraint methods.</summary>
    public IEnumerable<RouteProblem> Problems =>
        _problems.Select(pair => new RouteProblem("", pair.Key.Method, pair.Value));

    /// <summary>What is wrong with one of them; null where nothing is.</summary>
    public Problem? ProblemOf(UserConstraint constraint) =>
        _problems.TryGetValue(constraint, out Problem? problem) ? problem : null;

    /// <summary>The usable constraints by name.</summary>
    public IReadOnlyDictionary<string, UserConstraint> ByName => _byName;

    /// <summary>A problem for each constraint of a template that nobody defines.</summary>
    public IEnumerable<Problem> FindUnknown(Template template)
    {
        foreach (Constraint constraint in template.Captures.SelectMany(capture => capture.Constraints))
        {
            if (constraint.Kind != ConstraintKind.User || _byName.ContainsKey(constraint.Argument))
                continue;
            string name = constraint.Argument;
            string closest = Closest(name) is { } known ? $" Did you mean '{known}'?" : "";
            yield return Problem.InTemplate(
                "WM1008", constraint.Start, constraint.Length,
                $"'{name}' is not a known constraint.{closest} Built in are " +
                $"{string.Join(", ", ConstraintFactory.BuiltInNames)}; one of your own is a method with " +
                $"[Constraint(\"{name}\")].");
        }
    }

    /// <summary>The name that was probably meant; null where none is near enough.</summary>
    /// <remarks>A name that stands alone goes first: <c>ine</c> is <c>int</c> and not <c>in</c>.</remarks>
    public string? Closest(string name) =>
        ClosestAlone(name) ?? ClosestName.Find(name, ConstraintFactory.BuiltInNames);

    /// <summary>The same, where the name has to be right without an argument.</summary>
    public string? ClosestAlone(string name) =>
        ClosestName.Find(name, ConstraintFactory.BuiltInNames.Where(IsRightAlone).Concat(_byName.Keys));

    private static bool IsRightAlone(string name) => TemplateParser.Parse($"/:x<{name}>").Problems.Count == 0;
}
