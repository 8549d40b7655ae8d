using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Planning;

/// <summary>The users' constraints that a table needs, and what answers each.</summary>
internal static class ConstraintCalls
{
    /// <summary>Before the name, which may be a word of the language or all lower case.</summary>
    private const string TypePrefix = "Is_";

    /// <summary>
    /// Those that templates name: of the assembly itself, and of mounted tables, which answer them by the same name.
    /// </summary>
    public static EquatableArray<ConstraintCall> Of(IReadOnlyList<TableRoute> routes, TableSetup setup)
    {
        var calls = new SortedDictionary<string, ConstraintCall>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, UserConstraint> own = new ConstraintNames(setup.Constraints).ByName;
        foreach (TableRoute route in routes)
        {
            // Most templates have no constraint at all, and are not read again.
            if (route.Template.IndexOf('<') < 0)
                continue;
            Template template = TemplateParser.Parse(route.Template, route.MountedTable);
            foreach (Constraint constraint in template.Captures.SelectMany(capture => capture.Constraints))
            {
                if (constraint.Kind != ConstraintKind.User || calls.ContainsKey(constraint.Text))
                    continue;
                string method = route.MountedTable.Length == 0 ? own[constraint.Argument].Method : "";
                calls.Add(
                    constraint.Text,
                    new ConstraintCall(constraint.Text, TypePrefix + constraint.Argument, method, route.MountedTable));
            }
        }

        return calls.Values.ToEquatableArray();
    }
}
