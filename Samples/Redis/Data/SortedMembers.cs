/// <summary>Members with scores, in the order of the scores; equal ones in the order of their octets.</summary>
internal sealed class SortedMembers
{
    private static readonly Comparer<(double Score, byte[] Member)> ByScore =
        Comparer<(double Score, byte[] Member)>.Create(static (x, y) => x.Score != y.Score
            ? x.Score.CompareTo(y.Score) : ByteComparer.Instance.Compare(x.Member, y.Member));

    private readonly Dictionary<byte[], double> _scores = new(ByteComparer.Instance);
    private readonly SortedSet<(double Score, byte[] Member)> _sorted = new(ByScore);

    public int Count => _scores.Count;

    public double? ScoreOf(byte[] member) => _scores.TryGetValue(member, out double score) ? score : null;

    /// <summary>Puts a member in, or gives it another score.</summary>
    /// <returns>True for a new one.</returns>
    public bool Set(byte[] member, double score)
    {
        bool isNew = !_scores.TryGetValue(member, out double old);
        if (!isNew)
            _sorted.Remove((old, member));
        _scores[member] = score;
        _sorted.Add((score, member));
        return isNew;
    }

    /// <summary>Takes the member with the lowest score out; there must be one.</summary>
    public (double Score, byte[] Member) PopMin()
    {
        (double Score, byte[] Member) first = _sorted.Min;
        _sorted.Remove(first);
        _scores.Remove(first.Member);
        return first;
    }
}
