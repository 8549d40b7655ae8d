/// <summary>A set that gives away any of its members, each as likely as another.</summary>
internal sealed class RandomSet
{
    private readonly List<byte[]> _members = [];

    // INVARIANT: _indexes[_members[i]] == i for every i.
    private readonly Dictionary<byte[], int> _indexes = new(ByteComparer.Instance);

    public IReadOnlyList<byte[]> Members => _members;

    public bool Contains(ReadOnlySpan<byte> member) =>
        _indexes.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(member);

    public bool Add(ReadOnlySpan<byte> member)
    {
        if (!_indexes.GetAlternateLookup<ReadOnlySpan<byte>>().TryAdd(member, _members.Count))
            return false;
        _members.Add(member.ToArray());
        return true;
    }

    public bool Remove(ReadOnlySpan<byte> member)
    {
        if (!_indexes.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(member, out _, out int index))
            return false;

        // The last one takes its place.
        byte[] last = _members[^1];
        _members.RemoveAt(_members.Count - 1);
        if (index < _members.Count)
        {
            _members[index] = last;
            _indexes[last] = index;
        }

        return true;
    }

    /// <summary>Takes any member out; there must be one.</summary>
    public byte[] Pop()
    {
        byte[] member = _members[Random.Shared.Next(_members.Count)];
        Remove(member);
        return member;
    }
}
