namespace Waymark.Generator.Templates.Languages;

/// <summary>A set of Unicode scalar values as ascending ranges that neither touch nor overlap.</summary>
internal sealed class ScalarSet
{
    public const int ScalarMax = 0x10FFFF;
    private const int SurrogateFirst = 0xD800;
    private const int SurrogateLast = 0xDFFF;

    private ScalarSet(List<(int First, int Last)> ranges) => Ranges = ranges;

    public static ScalarSet All { get; } = Of([]).Complement();

    public static ScalarSet Digits { get; } = Of([('0', '9')]);

    public static ScalarSet WordCharacters { get; } = Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    /// <summary>ASCII white space: tab, line feed, vertical tab, form feed, carriage return and space.</summary>
    public static ScalarSet Spaces { get; } = Of([('\t', '\r'), (' ', ' ')]);

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    /// <summary>The union of the ranges, in any order; the surrogates in them are no scalar values and fall out.
    /// </summary>
    public static ScalarSet Of(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges.SelectMany(CutSurrogates).OrderBy(range => range.First))
        {
            int previous = merged.Count - 1;
            if (previous >= 0 && first <= merged[previous].Last + 1)
                merged[previous] = (merged[previous].First, Math.Max(merged[previous].Last, last));
            else
                merged.Add((first, last));
        }

        return new ScalarSet(merged);
    }

    /// <summary>Every scalar value that is not in the set.</summary>
    public ScalarSet Complement()
    {
        var gaps = new List<(int First, int Last)>();
        int next = 0;
        foreach ((int first, int last) in Ranges)
        {
            if (first > next)
                gaps.Add((next, first - 1));
            next = last + 1;
        }

        if (next <= ScalarMax)
            gaps.Add((next, ScalarMax));
        return Of(gaps);
    }

    private static IEnumerable<(int First, int Last)> CutSurrogates((int First, int Last) range)
    {
        int lowLast = Math.Min(range.Last, SurrogateFirst - 1);
        if (range.First <= lowLast)
            yield return (range.First, lowLast);
        int highFirst = Math.Max(range.First, SurrogateLast + 1);
        if (highFirst <= range.Last)
            yield return (highFirst, range.Last);
    }
}
