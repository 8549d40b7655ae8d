using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Planning;

/// <summary>The users' constraints that a table needs, and what answers each.</summary>
internal static class ConstraintCalls
{
    /// <summary>
    /// Those that templates name: of the assembly itself, and of mounted tables, which answer them by the name that
    /// their own build gave.
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
                calls.Add(constraint.Text, CallOf(route, constraint, own));
            }
        }

        return calls.Values.ToEquatableArray();
    }

    private static ConstraintCall CallOf(
        TableRoute route, Constraint constraint, IReadOnlyDictionary<string, UserConstraint> own)
    {
        string name = constraint.Argument;
        string type = TypeOf(route.MountedTable, name);
        if (route.MountedTable.Length == 0)
            return new ConstraintCall(constraint.Text, type, own[name].Method, "", "");
        string there = TypeOf(route.MountedTable == route.CalledTable ? "" : route.MountedTable, name);
        return new ConstraintCall(constraint.Text, type, "", route.CalledTable, there);
    }

    /// <summary>
    /// <c>Is_sku</c>, or <c>Of_Billing_Routes_Is_sku</c> for one of a mounted table: tables may use a name for two
    /// things.
    /// </summary>
    /// <remarks>
    /// The build of a host works out what the build of the library wrote, so the name depends on nothing else: an
    /// underscore is doubled because a dot becomes one.
    /// </remarks>
    private static string TypeOf(string scope, string name) => scope.Length == 0
        ? "Is_" + name
        : "Of_" + scope.Replace("_", "__").Replace(".", "_") + "_Is_" + name;
}
