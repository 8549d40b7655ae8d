namespace Waymark.Generator.Templates;

/// <summary>Decides whether two segment patterns share a segment, by walking both at once.</summary>
/// <remarks>
/// A state is a pair of places in the two walks; there are finitely many and each is visited once, so the search ends.
/// Breadth first, so the witness is as short as one can be, and the symbols that read best are tried first.
/// </remarks>
internal static class SegmentOverlap
{
    /// <summary>The shortest segment that both match, or null.</summary>
    /// <remarks>
    /// Users' constraints are taken to accept everything: nothing else is known of them, and no conflict is missed.
    /// </remarks>
    public static string? FindWitness(SegmentPattern left, SegmentPattern right, bool isCaseInsensitive)
    {
        if (left.IsLiteral && right.IsLiteral)
            return left.Prefix == right.Prefix ? left.Prefix : null;
        if (!StartAlike(left.Prefix, right.Prefix))
            return null;
        return Search(new SegmentWalk(left, isCaseInsensitive), new SegmentWalk(right, isCaseInsensitive));
    }

    private static string? Search(SegmentWalk left, SegmentWalk right)
    {
        IReadOnlyList<int> alphabet = AlphabetOf(left, right);
        var steps = new List<Step> { new(SegmentWalk.Start, SegmentWalk.Start, -1, -1) };
        var seen = new HashSet<(WalkState, WalkState)> { (SegmentWalk.Start, SegmentWalk.Start) };

        void Visit(WalkState leftState, WalkState rightState, int from, int symbol)
        {
            if (!seen.Add((leftState, rightState)))
                return;
            steps.Add(new Step(leftState, rightState, from, symbol));
        }

        // Ends of captures cost no symbol, so their states come right behind the one they are reached from.
        for (int index = 0; index < steps.Count; index++)
        {
            Step step = steps[index];
            if (left.IsEnd(step.Left) && right.IsEnd(step.Right))
                return TextOf(steps, index);
            if (left.EndCapture(step.Left) is { } leftEnd)
                Visit(leftEnd, step.Right, index, -1);
            if (right.EndCapture(step.Right) is { } rightEnd)
                Visit(step.Left, rightEnd, index, -1);
            int only = Math.Max(left.OnlySymbol(step.Left), right.OnlySymbol(step.Right));
            foreach (int symbol in only >= 0 ? [only] : alphabet)
            {
                if (left.Next(step.Left, symbol) is { } nextLeft && right.Next(step.Right, symbol) is { } nextRight)
                    Visit(nextLeft, nextRight, index, symbol);
            }
        }

        return null;
    }

    /// <summary>
    /// Enough symbols to tell all segments apart that the patterns do: without constraints, only those of their
    /// literals and one more.
    /// </summary>
    private static IReadOnlyList<int> AlphabetOf(SegmentWalk left, SegmentWalk right)
    {
        if (left.IsConstrained || right.IsConstrained)
            return PathSymbols.All;
        var symbols = new List<int> { PathSymbols.Filler };
        symbols.AddRange(left.LiteralSymbols);
        symbols.AddRange(right.LiteralSymbols);
        return symbols;
    }

    private static string TextOf(List<Step> steps, int index)
    {
        var symbols = new List<string>();
        for (; index >= 0; index = steps[index].From)
        {
            if (steps[index].Symbol >= 0)
                symbols.Add(PathSymbols.Shown(steps[index].Symbol));
        }

        symbols.Reverse();
        return string.Concat(symbols);
    }

    private static bool StartAlike(string left, string right) =>
        left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);

    private readonly record struct Step(WalkState Left, WalkState Right, int From, int Symbol);
}
