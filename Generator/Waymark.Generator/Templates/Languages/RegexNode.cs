namespace Waymark.Generator.Templates.Languages;

/// <summary>A regular expression as a tree; sealed cases only, so that a switch over them is whole.</summary>
internal abstract class RegexNode
{
    private RegexNode()
    {
    }

    /// <summary>One scalar value of a set.</summary>
    internal sealed class Scalar(ScalarSet set) : RegexNode
    {
        public ScalarSet Set { get; } = set;
    }

    /// <summary>One after the other; none of them is the empty text.</summary>
    internal sealed class Sequence(IReadOnlyList<RegexNode> items) : RegexNode
    {
        public IReadOnlyList<RegexNode> Items { get; } = items;
    }

    /// <summary>Any one of them.</summary>
    internal sealed class Choice(IReadOnlyList<RegexNode> items) : RegexNode
    {
        public IReadOnlyList<RegexNode> Items { get; } = items;
    }

    /// <summary>Between <paramref name="min"/> and <paramref name="max"/> times, without end where max is null.
    /// </summary>
    internal sealed class Repeat(RegexNode item, int min, int? max) : RegexNode
    {
        public RegexNode Item { get; } = item;

        public int Min { get; } = min;

        public int? Max { get; } = max;
    }
}
