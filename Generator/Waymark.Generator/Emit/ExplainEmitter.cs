using System.Globalization;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Routes.Explain</c>: the tree as text, and the constraints by number.</summary>
/// <remarks>The format is that of the runtime's <c>RouteExplainer</c>; tabs are written as escapes.</remarks>
internal sealed class ExplainEmitter(SourceWriter writer, TableModel table, ConstraintEmitter constraints)
{
    private readonly List<Constraint> _constraints = [];
    private readonly List<string> _lines = [];

    /// <summary>The method that users call.</summary>
    public void EmitMethod()
    {
        string isCaseInsensitive = table.Options.IsCaseInsensitive ? "true" : "false";
        writer.Line(
            $"""

            /// <summary>Says step by step which route answers a path, and why no other does.</summary>
            /// <param name="path">The path, such as <c>/users/7</c>; a query is ignored.</param>
            /// <param name="method">The request method.</param>
            /// <returns>A line for each decision; the last one is the outcome.</returns>
            public static string Explain(string path, string method = "GET") => Wm::RouteExplainer.Explain(
                Table, Explanation.Tree, {isCaseInsensitive}, Explanation.IsMet, path, method);
            """);
    }

    /// <summary>What the method reads.</summary>
    public void EmitTree(RouteNode root)
    {
        AddNode(root, 0);
        writer.Line();
        writer.Line("// The tree that Matcher is made of, as text. Nothing of it is loaded before it is asked for.");
        writer.Open("private static class Explanation");
        writer.Line("internal static string Tree =>");
        writer.Indent();
        // A table without routes has a tree without nodes.
        if (_lines.Count == 0)
            writer.Line("\"\";");
        for (int index = 0; index < _lines.Count; index++)
        {
            string literal = SourceText.Literal(_lines[index] + "\n");
            writer.Line(literal + (index == _lines.Count - 1 ? ";" : " +"));
        }

        writer.Outdent();
        writer.Line();
        EmitTests();
        writer.Close();
    }

    private void EmitTests()
    {
        const string header = "internal static bool IsMet(int constraint, global::System.ReadOnlySpan<byte> value) =>";
        if (_constraints.Count == 0)
        {
            writer.Line(header + " true;");
            return;
        }

        writer.Open(header + " constraint switch");
        for (int number = 0; number < _constraints.Count; number++)
            writer.Line($"{number} => {constraints.TestOf(_constraints[number], "value")},");
        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(constraint)),");
        writer.Close(";");
    }

    private void AddNode(RouteNode node, int depth)
    {
        if (node.Literal.Length > 0)
            Add(depth++, "=" + node.Literal);
        if (node.Leaf is { } leaf)
            Add(depth, "." + Describe(leaf));
        foreach (RouteNode child in node.Children)
            AddNode(child, depth);
        foreach (CaptureBranch branch in node.Captures)
        {
            IEnumerable<string> captures = branch.Captures
                .Select((capture, index) => branch.Names[index] + Describe(capture));
            Add(depth, ":" + string.Join("\t", captures));
            AddNode(branch.Target, depth + 1);
        }

        if (node.CatchAll is { } catchAll)
            Add(depth, "*" + Describe(catchAll));
        if (node.CatchAllOrEmpty is { } orEmpty)
            Add(depth, "?" + Describe(orEmpty));
    }

    private void Add(int depth, string line) => _lines.Add(new string(' ', depth) + line);

    private string Describe(CapturePattern capture)
    {
        IEnumerable<string> numbers = capture.Constraints.Select(constraint => NumberOf(constraint.Constraint));
        return $"{SourceText.OneLine(capture.ConstraintsText)}\t{string.Join(",", numbers)}\t{capture.Tail}";
    }

    private string NumberOf(Constraint constraint)
    {
        int number = _constraints.FindIndex(known => known.Text == constraint.Text);
        if (number < 0)
        {
            number = _constraints.Count;
            _constraints.Add(constraint);
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private string Describe(RouteLeaf leaf)
    {
        IEnumerable<LeafRoute> routes = leaf.EveryMethod is null ? leaf.Routes : leaf.Routes.Concat([leaf.EveryMethod]);
        return string.Join(" ", routes.Select(Describe).Concat(leaf.RedirectedVerbs.Select(verb => "~" + verb)));
    }

    private string Describe(LeafRoute route)
    {
        IEnumerable<string> names = TemplateParser.Parse(table.Routes[route.Number].Template).Captures
            .Select(capture => capture.Text);
        string number = route.Number.ToString(CultureInfo.InvariantCulture);
        return $"{route.Verb}={number}:{string.Join(",", names)}";
    }
}
