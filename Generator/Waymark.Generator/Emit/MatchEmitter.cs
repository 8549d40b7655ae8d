using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints the matcher: small methods, each for one place in the tree and the few nodes below it.</summary>
/// <remarks>
/// Rules of this file: a statement that finds the route returns its number; one that does not falls through to the next
/// alternative, so the order of the statements is the order of precedence and falling off the end is backtracking.
/// Each node is printed once, inside one parent, and nothing printed loops over alternatives: one match executes each
/// node at most once (see <see cref="RouteTree"/>), so its time is linear in path times tree.
/// Every read stands behind a test that the path is long enough for it; <c>length</c> never changes. A checked matcher
/// is printed by the same lines: only the reads go through a span.
/// </remarks>
internal sealed class MatchEmitter
{
    /// <summary>A subtree of so many nodes gets its own method; the first match took 35 ms in one method, 1 ms in
    /// small ones.</summary>
    private const int NodesPerMethodMin = 8;

    private const int NameLengthMax = 100;

    /// <summary>The runtime's <c>RouteMatch.CapturesInline</c>; part of the contract with it.</summary>
    private const int CapturesInline = 8;

    private readonly SourceWriter _writer;
    private readonly ConstraintEmitter _constraints;
    private readonly MethodNames _methods;
    private readonly LiteralComparison _comparison;
    private readonly string _path;
    private readonly string _declaredPath;
    private readonly NameSet _names = new(StringComparer.Ordinal, []);
    private readonly Queue<(RouteNode Node, string Name)> _pending = new();
    private int _variables;

    public MatchEmitter(SourceWriter writer, TableModel table, MethodNames methods, ConstraintEmitter constraints)
    {
        (_writer, _methods, _constraints) = (writer, methods, constraints);
        _path = table.IsChecked ? "path" : "ref path";
        _declaredPath = table.IsChecked ? "global::System.ReadOnlySpan<byte> path" : "ref byte path";
        _comparison = new LiteralComparison(_path, table.Options.IsCaseInsensitive);
    }

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
                _writer.Line();
        }
    }

    private string MethodFor(RouteNode node)
    {
        // Metadata takes names of 1,023 bytes; a reader takes fewer.
        string name = NameSet.Identifier(node.Name);
        name = name.Substring(0, Math.Min(name.Length, NameLengthMax));
        name = _names.Take(name.Length == 0 ? "MatchPath" : "Match_" + name);
        _pending.Enqueue((node, name));
        return name;
    }

    private void EmitMethod(RouteNode node, string name, Position at)
    {
        _variables = 0;
        string place = at.Variable is null ? "" : "int at, ";
        _writer.Line($"// {(node.Path.Length == 0 ? "The whole path" : "Behind " + SourceText.OneLine(node.Path))}");
        _writer.Open(
            $"internal static int {name}({_declaredPath}, int length, {place}Wm::Verbs verb, ref Wm::RouteMatch " +
            "match)");
        EmitNode(node, at);
        _writer.Line("return -1;");
        _writer.Close();
    }

    private void EmitNode(RouteNode node, Position at)
    {
        if (node.Leaf is { } leaf)
        {
            _writer.Open($"if (length == {at})");
            EmitLeaf(leaf);
            _writer.Close();
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
            EmitChild(node.Children[0], at, _comparison.Of(node.Children[0].Literal, at));
            return;
        }

        _writer.Open($"if (length > {at})");
        _writer.Open($"switch (Wm::PathBytes.Read1({_path}, {at}))");
        foreach (RouteNode child in node.Children)
        {
            foreach (string label in _comparison.CaseLabels(child.Literal[0]))
                _writer.Line(label);
            _writer.Indent();
            EmitChild(child, at, _comparison.BehindFirst(child.Literal, at));
            _writer.Line("break;");
            _writer.Outdent();
        }

        _writer.Close();
        _writer.Close();
    }

    private void EmitChild(RouteNode child, Position at, string comparison)
    {
        Position end = at.Plus(child.Literal.Length);
        string length = child.IsEndOnly ? $"length == {end}" : $"length >= {end}";
        _writer.Open($"if ({length}{(comparison.Length == 0 ? "" : " && " + comparison)}) // \"{child.Literal}\"");
        EmitReached(child, end);
        _writer.Close();
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
            _writer.Line(
                $"""
                int {found} = {MethodFor(node)}({_path}, length, {place}verb, ref match);
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
        _writer.Line($"int {end} = Wm::PathBytes.SegmentEnd({_path}, {at}, length);");
        foreach (CaptureBranch branch in node.Captures)
            EmitBranch(branch, node.CapturesBefore, at, end);
    }

    /// <summary>
    /// Captures end where the literal behind them occurs first; the last literal is tied to the segment's end. If any
    /// division of the segment fits, this one does: an earlier end leaves the rest more room, never less.
    /// </summary>
    private void EmitBranch(CaptureBranch branch, int depth, Position start, string end)
    {
        int last = branch.Captures.Count - 1;
        for (int index = 0; index < last; index++)
        {
            CapturePattern capture = branch.Captures[index];
            string cut = Fresh("cut");
            string search = StartsWithHexDigit(capture.Tail) ? "IndexOfOutsideEscapes" : "IndexOf";
            string ignoreCase = _comparison.IsCaseInsensitive ? "IgnoreCase" : "";
            _writer.Line(
                $"int {cut} = Wm::PathBytes.{search}{ignoreCase}" +
                $"({_path}, {start.Plus(1)}, {end}, {SourceText.Literal(capture.Tail)}u8);");
            _writer.Open($"if ({Join($"{cut} >= 0", TestOf(capture, start, Position.At(cut)))})");
            EmitCapture(depth + index, $"{start}", cut);
            start = Position.At(cut).Plus(capture.Tail.Length);
        }

        CapturePattern lastCapture = branch.Captures[last];
        Position captureEnd = Position.At(end).Plus(-lastCapture.Tail.Length);
        string condition = Join(
            branch.Target.IsEndOnly ? $"{end} == length" : "",
            $"{end} > {start.Plus(lastCapture.Tail.Length)}",
            _comparison.Of(lastCapture.Tail, captureEnd),
            StartsWithHexDigit(lastCapture.Tail) ? $"!Wm::PathBytes.IsInsideEscape({_path}, {captureEnd})" : "",
            TestOf(lastCapture, start, captureEnd));
        _writer.Open($"if ({condition}) // {SourceText.OneLine(branch.Target.Path)}");
        EmitCapture(depth + last, $"{start}", $"{captureEnd}");
        EmitReached(branch.Target, Position.At(end));
        for (int index = 0; index <= last; index++)
            _writer.Close();
    }

    private string TestOf(CapturePattern capture, Position start, Position end) =>
        _constraints.TestOf(capture, $"Wm::PathBytes.Slice({_path}, {start}, {end})");

    /// <summary>
    /// True for a literal that may also stand inside an escape: <c>2F</c> in <c>%2F</c>. Only behind a constraint,
    /// since a name would take the digit.
    /// </summary>
    private static bool StartsWithHexDigit(string tail) =>
        tail.Length > 0 && tail[0] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static string Join(params string[] conditions) =>
        string.Join(" && ", conditions.Where(condition => condition.Length > 0));

    private void EmitCatchAlls(RouteNode node, Position at)
    {
        if (node.CatchAll is { } catchAll)
        {
            _writer.Open($"if (length > {at})");
            EmitCapture(node.CapturesBefore, $"{at}", "length");
            EmitLeaf(catchAll);
            _writer.Close();
        }

        if (node.CatchAllOrEmpty is { } orEmpty)
        {
            EmitCapture(node.CapturesBefore, $"{at}", "length");
            EmitLeaf(orEmpty);
        }
    }

    private void EmitCapture(int depth, string start, string end) => _writer.Line(
        $"match.{(depth < CapturesInline ? "Capture" : "CaptureMore")}({depth}, {start}, {end});");

    /// <summary>A verb is one bit, so each route takes one test; GET first, since most requests ask for it.</summary>
    private void EmitLeaf(RouteLeaf leaf)
    {
        if (leaf.AllowedVerbs.Any())
        {
            foreach (LeafRoute route in leaf.Routes.OrderByDescending(route => route.Verb == "GET"))
            {
                bool isHeadToo = route.Verb == "GET" && leaf.ServesHeadByGet;
                string verbs = isHeadToo ? $"({_methods.Of("GET")} | {_methods.Of("HEAD")})" : _methods.Of(route.Verb);
                EmitFound(route, $"(verb & {verbs}) != 0", _methods.CommentOf(route.Verb));
            }

            if (leaf.EveryMethod is { } every)
                EmitFound(every, "verb != Wm::Verbs.Trace", "");
            _writer.Line($"match.Allow |= {AllowedBy(leaf)};");
        }

        if (leaf.RedirectedVerbs.Any())
            _writer.Line($"match.Redirect |= {RedirectedBy(leaf)};");
    }

    private void EmitFound(LeafRoute route, string condition, string comment)
    {
        string found = $"return {route.Number}; // {SourceText.OneLine(route.Label)}";
        if (route.MissingCapture < 0)
        {
            _writer.Line($"if ({condition}){comment}");
            _writer.Line("    " + found);
            return;
        }

        _writer.Open($"if ({condition}){comment}");
        EmitCapture(route.MissingCapture, "0", "0");
        _writer.Line(found);
        _writer.Close();
    }

    private string AllowedBy(RouteLeaf leaf) =>
        leaf.EveryMethod is null ? MaskOf(leaf.AllowedVerbs) : MaskOf([.. leaf.AllowedVerbs, "*"]);

    private string RedirectedBy(RouteLeaf leaf)
    {
        if (!leaf.RedirectedVerbs.Contains("*"))
            return MaskOf(leaf.RedirectedVerbs);
        return leaf.RedirectedVerbs.Contains("TRACE") ? "~Wm::Verbs.None" : "~Wm::Verbs.Trace";
    }

    private string MaskOf(IEnumerable<string> verbs) => string.Join(
        " | ", verbs.Select(verb => verb == "*" ? _methods.Every : _methods.Of(verb)));

    private string Fresh(string name) => $"{name}{++_variables}";
}
