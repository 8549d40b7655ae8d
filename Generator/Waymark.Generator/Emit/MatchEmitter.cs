using Waymark.Generator.Planning;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints the matcher: small methods, each for one place in the tree and the few nodes below it.</summary>
/// <remarks>
/// Rules of this file: a statement that finds the route returns its number; one that does not falls through to the next
/// alternative, so the order of the statements is the order of precedence and falling off the end is backtracking.
/// Each node is printed once, inside one parent, and nothing printed loops over alternatives: one match executes each
/// node at most once (see <see cref="RouteTree"/>), so its time is linear in path times tree.
/// Every read stands behind a test that the path is long enough for it; <c>length</c> never changes.
/// </remarks>
internal sealed class MatchEmitter(SourceWriter writer)
{
    /// <summary>A subtree of so many nodes gets its own method; the first match took 35 ms in one method, 1 ms in
    /// small ones.</summary>
    private const int NodesPerMethodMin = 8;

    private readonly NameSet _names = new(StringComparer.Ordinal, []);
    private readonly Queue<(RouteNode Node, string Name)> _pending = new();
    private int _variables;

    /// <summary>Prints all methods; the first, <c>MatchPath</c>, is called with the whole path.</summary>
    public void Emit(RouteNode root)
    {
        MethodFor(root);
        while (_pending.Count > 0)
        {
            (RouteNode node, string name) = _pending.Dequeue();
            Position at = node.CapturesBefore == 0 ? Position.Start.Plus(node.Path.Length) : Position.At("at");
            EmitMethod(node, name, at);
            if (_pending.Count > 0)
                writer.Line();
        }
    }

    private string MethodFor(RouteNode node)
    {
        string name = NameSet.Identifier(node.Path);
        name = _names.Take(name.Length == 0 ? "MatchPath" : "Match_" + name);
        _pending.Enqueue((node, name));
        return name;
    }

    private void EmitMethod(RouteNode node, string name, Position at)
    {
        _variables = 0;
        string place = at.Variable is null ? "" : "int at, ";
        writer.Line($"// {(node.Path.Length == 0 ? "The whole path" : "Behind " + SourceText.OneLine(node.Path))}");
        writer.Open(
            $"internal static int {name}(ref byte path, int length, {place}Wm::Verbs verb, ref Wm::RouteMatch match)");
        EmitNode(node, at);
        writer.Line("return -1;");
        writer.Close();
    }

    private void EmitNode(RouteNode node, Position at)
    {
        if (node.Leaf is { } leaf)
        {
            writer.Open($"if (length == {at})");
            EmitLeaf(leaf);
            writer.Close();
        }

        EmitChildren(node, at);
        EmitCaptures(node, at);
        EmitCatchAlls(node, at);
    }

    private void EmitChildren(RouteNode node, Position at)
    {
        if (node.Children.Count == 0)
            return;
        if (node.Children.Count == 1)
        {
            EmitChild(node.Children[0], at, LiteralComparison.Of(node.Children[0].Literal, at));
            return;
        }

        writer.Open($"if (length > {at})");
        writer.Open($"switch (Wm::PathBytes.Read1(ref path, {at}))");
        foreach (RouteNode child in node.Children)
        {
            writer.Line($"case (byte){(child.Literal[0] == '\'' ? "'\\''" : $"'{child.Literal[0]}'")}:");
            writer.Indent();
            EmitChild(child, at, LiteralComparison.BehindFirst(child.Literal, at));
            writer.Line("break;");
            writer.Outdent();
        }

        writer.Close();
        writer.Close();
    }

    private void EmitChild(RouteNode child, Position at, string comparison)
    {
        Position end = at.Plus(child.Literal.Length);
        string length = child.IsEndOnly ? $"length == {end}" : $"length >= {end}";
        writer.Open($"if ({length}{(comparison.Length == 0 ? "" : " && " + comparison)}) // \"{child.Literal}\"");
        EmitReached(child, end);
        writer.Close();
    }

    /// <summary>Goes on at a node whose way has matched: in place, or by a call where its subtree is large.</summary>
    private void EmitReached(RouteNode node, Position at)
    {
        if (node.IsEndOnly)
        {
            EmitLeaf(node.Leaf!);
        }
        else if (node.CountNodes() < NodesPerMethodMin || IsFirst(node))
        {
            EmitNode(node, at);
        }
        else
        {
            string place = node.CapturesBefore == 0 ? "" : $"{at}, ";
            string found = Fresh("found");
            writer.Line(
                $"""
                int {found} = {MethodFor(node)}(ref path, length, {place}verb, ref match);
                if ({found} >= 0)
                    return {found};
                """);
        }
    }

    /// <summary>True for the only child of the root: a method that does nothing but call another helps
    /// nobody.</summary>
    private static bool IsFirst(RouteNode node) => node.CapturesBefore == 0 && node.Path.Length == node.Literal.Length;

    private void EmitCaptures(RouteNode node, Position at)
    {
        if (node.Captures.Count == 0)
            return;
        string end = Fresh("end");
        writer.Line($"int {end} = Wm::PathBytes.SegmentEnd(ref path, {at}, length);");
        foreach (CaptureBranch branch in node.Captures)
            EmitBranch(branch, node.CapturesBefore, at, end);
    }

    /// <summary>
    /// Captures end where the literal behind them occurs first; the last literal is tied to the segment's end. If any
    /// division of the segment fits, this one does: an earlier end leaves the rest more room, never less.
    /// </summary>
    private void EmitBranch(CaptureBranch branch, int depth, Position start, string end)
    {
        int last = branch.Tails.Count - 1;
        for (int index = 0; index < last; index++)
        {
            string tail = branch.Tails[index];
            string cut = Fresh("cut");
            writer.Line($"int {cut} = Wm::PathBytes.IndexOf(ref path, {start.Plus(1)}, {end}, \"{tail}\"u8);");
            writer.Open($"if ({cut} >= 0)");
            writer.Line($"match.Capture({depth + index}, {start}, {cut});");
            start = Position.At(cut).Plus(tail.Length);
        }

        Position captureEnd = Position.At(end).Plus(-branch.Tails[last].Length);
        string comparison = LiteralComparison.Of(branch.Tails[last], captureEnd);
        string isAtEnd = branch.Target.IsEndOnly ? $"{end} == length && " : "";
        writer.Open(
            $"if ({isAtEnd}{end} > {start.Plus(branch.Tails[last].Length)}" +
            $"{(comparison.Length == 0 ? "" : " && " + comparison)}) // {SourceText.OneLine(branch.Target.Path)}");
        writer.Line($"match.Capture({depth + last}, {start}, {captureEnd});");
        EmitReached(branch.Target, Position.At(end));
        for (int index = 0; index <= last; index++)
            writer.Close();
    }

    private void EmitCatchAlls(RouteNode node, Position at)
    {
        if (node.CatchAll is { } catchAll)
        {
            writer.Open($"if (length > {at})");
            writer.Line($"match.Capture({node.CapturesBefore}, {at}, length);");
            EmitLeaf(catchAll);
            writer.Close();
        }

        if (node.CatchAllOrEmpty is { } orEmpty)
        {
            writer.Line($"match.Capture({node.CapturesBefore}, {at}, length);");
            EmitLeaf(orEmpty);
        }
    }

    private void EmitLeaf(RouteLeaf leaf)
    {
        writer.Open("switch (verb)");
        foreach (LeafRoute route in leaf.Routes)
        {
            writer.Line($"case Wm::Verbs.{TableEmitter.VerbName(route.Verb)}:");
            if (route.Verb == "GET" && leaf.ServesHeadByGet)
                writer.Line("case Wm::Verbs.Head:");
            writer.Indent();
            if (route.MissingCapture >= 0)
                writer.Line($"match.Capture({route.MissingCapture}, 0, 0);");
            writer.Line($"return {route.Number}; // {route.Label}");
            writer.Outdent();
        }

        writer.Close();
        IEnumerable<string> allowed = leaf.AllowedVerbs.Select(verb => "Wm::Verbs." + TableEmitter.VerbName(verb));
        writer.Line($"match.Allow |= {string.Join(" | ", allowed)};");
    }

    private string Fresh(string name) => $"{name}{++_variables}";
}
