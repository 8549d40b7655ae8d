using System.Text;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints what finds the number of a line's command: small methods, each for a few nodes of the
/// tree.</summary>
/// <remarks>
/// The rules of <see cref="MatchEmitter"/>: a statement that finds the command returns its number, one that does not
/// falls through to the next alternative, and falling off the end is backtracking. A node stands at one word, whose
/// index is a constant.
/// </remarks>
internal sealed class CommandMatchEmitter(SourceWriter writer, string match, ConstraintEmitter constraints)
{
    /// <summary>A subtree of so many nodes gets its own method.</summary>
    private const int NodesPerMethodMin = 8;

    private const int NameLengthMax = 100;

    private readonly NameSet _names = new(StringComparer.Ordinal, []);
    private readonly Queue<(RouteNode Node, int Word, string Name)> _pending = new();

    /// <summary>Prints all methods.</summary>
    public void Emit(RouteNode root)
    {
        MethodFor(root, 0);
        while (_pending.Count > 0)
        {
            (RouteNode node, int word, string name) = _pending.Dequeue();
            writer.Line($"// {(node.Path.Length == 0 ? "The whole line" : "Behind " + SourceText.OneLine(node.Path))}");
            writer.Open($"private static int {name}(in Wm::CommandWords words)");
            EmitNode(node, word);
            writer.Line("return -1;");
            writer.Close();
            if (_pending.Count > 0)
                writer.Line();
        }
    }

    private string MethodFor(RouteNode node, int word)
    {
        string name = NameSet.Identifier(node.Name);
        name = name.Length == 0 ? match : match + "_" + name;
        name = _names.Take(name.Substring(0, Math.Min(name.Length, NameLengthMax + match.Length)));
        _pending.Enqueue((node, word, name));
        return name;
    }

    private void EmitNode(RouteNode node, int word)
    {
        if (node.Leaf is { } leaf)
        {
            writer.Line($"if (words.Count == {word})");
            EmitFound(leaf);
        }

        if (node.Children.Count > 0 || node.Captures.Count > 0)
        {
            writer.Open($"if (words.Count > {word})");
            if (node.Children.Count > 0 || node.Captures.Exists(IsConstrained))
                writer.Line($"global::System.ReadOnlySpan<byte> word{word} = words[{word}];");
            EmitChildren(node, word);
            foreach (CaptureBranch branch in node.Captures)
                EmitBranch(branch, word);
            writer.Close();
        }

        if (node.CatchAll is { } rest)
        {
            writer.Line($"if (words.Count > {word})");
            EmitFound(rest);
        }
    }

    private void EmitChildren(RouteNode node, int word)
    {
        if (node.Children.Count == 0)
            return;
        writer.Open($"switch (word{word}.Length)");
        foreach (IGrouping<int, (RouteNode Child, string Literal)> group in node.Children
            .Select(child => (Child: child, Literal: Decoded(child.Literal)))
            .GroupBy(pair => pair.Literal.Length)
            .OrderBy(group => group.Key))
        {
            writer.Line($"case {group.Key}:");
            writer.Indent();
            foreach ((RouteNode child, string literal) in group)
            {
                string test = new LiteralComparison($"word{word}", isCaseInsensitive: true)
                    .Of(literal, Position.Start);
                writer.Open($"if ({test}) // {SourceText.OneLine(literal)}");
                EmitReached(child, word + 1);
                writer.Close();
            }

            writer.Line("break;");
            writer.Outdent();
        }

        writer.Close();
    }

    private static bool IsConstrained(CaptureBranch branch) => branch.Captures[0].Constraints.Count > 0;

    /// <summary>An empty word meets no constraint, as an empty capture of a path meets none.</summary>
    private void EmitBranch(CaptureBranch branch, int word)
    {
        string test = constraints.TestOf(branch.Captures[0], $"word{word}");
        if (test.Length > 0)
            writer.Open($"if (word{word}.Length > 0 && {test}) // {SourceText.OneLine(branch.Target.Path)}");
        EmitReached(branch.Target, word + 1);
        if (test.Length > 0)
            writer.Close();
    }

    /// <summary>Goes on behind a word that fits: in place, or by a call where the subtree is large.</summary>
    private void EmitReached(RouteNode node, int word)
    {
        if (node.CountNodes() < NodesPerMethodMin)
        {
            EmitNode(node, word);
            return;
        }

        string name = MethodFor(node, word);
        writer.Line(
            $$"""
            {
                int found = {{name}}(in words);
                if (found >= 0)
                    return found;
            }

            """);
    }

    private void EmitFound(RouteLeaf leaf)
    {
        LeafRoute command = leaf.Routes.First();
        writer.Line($"    return {command.Number}; // {SourceText.OneLine(command.Label)}");
    }

    /// <summary>The octets of a literal of a path: ASCII.</summary>
    private static string Decoded(string literal)
    {
        var octets = new StringBuilder();
        foreach (int symbol in PathSymbols.Of(literal))
            octets.Append((char)PathSymbols.OctetOf(symbol));
        return octets.ToString();
    }
}
