namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// A set of byte strings as the complete, minimal deterministic automaton over the 256 byte values. Immutable, so
/// threads may share it.
/// </summary>
/// <remarks>
/// Minimal automata of one language differ in the names of their states only, and here the names are canonical: states
/// count in breadth-first order from the start over ascending bytes, classes by their first byte. Two automata are
/// therefore equal exactly where their languages are, and may stand in a model that the pipeline caches.
/// </remarks>
internal sealed class ByteAutomaton : IEquatable<ByteAutomaton>
{
    /// <summary>The most states an automaton has; what would need more is not built.</summary>
    public const int StatesMax = 2_048;

    private readonly byte[] _classes;
    private readonly int[] _targets;
    private readonly bool[] _accepting;
    private readonly int _dead;
    private readonly int _hash;

    private ByteAutomaton(byte[] classes, int classCount, int[] targets, bool[] accepting)
    {
        _classes = classes;
        ClassCount = classCount;
        _targets = targets;
        _accepting = accepting;
        _dead = FindDead();
        _hash = ComputeHash();
    }

    public int StateCount => _accepting.Length;

    /// <summary>Byte -> class, 256 entries: bytes that lead to the same place from every state share a class.</summary>
    public IReadOnlyList<byte> Classes => _classes;

    public int ClassCount { get; }

    public bool IsEmpty => _dead == 0;

    public bool IsAccepting(int state) => _accepting[state];

    /// <summary>Whether nothing that begins like this is accepted. A minimal automaton has one such state at most.
    /// </summary>
    public bool IsDead(int state) => state == _dead;

    public int Next(int state, byte octet) => _targets[state * ClassCount + _classes[octet]];

    public int Target(int state, int byteClass) => _targets[state * ClassCount + byteClass];

    public bool Accepts(ReadOnlySpan<byte> word)
    {
        int state = 0;
        foreach (byte octet in word)
            state = Next(state, octet);
        return _accepting[state];
    }

    /// <summary>What both accept; null where that needs more than <see cref="StatesMax"/> states, or more than
    /// <see cref="RawAutomaton.StatesMax"/> on the way.</summary>
    public ByteAutomaton? And(ByteAutomaton other) =>
        AutomatonProduct.Build(this, other, (left, right) => left && right, isRightNeeded: true);

    /// <summary>What this accepts and <paramref name="other"/> does not; null beyond the same limits.</summary>
    public ByteAutomaton? Without(ByteAutomaton other) =>
        AutomatonProduct.Build(this, other, (left, right) => left && !right, isRightNeeded: false);

    /// <summary>Whether everything <paramref name="other"/> accepts is accepted here too. Always exact: nothing is
    /// built, so no limit applies.</summary>
    public bool Includes(ByteAutomaton other) =>
        !AutomatonProduct.Reaches(other, this, (left, right) => left && !right, isRightNeeded: false);

    /// <summary>Whether a byte string is accepted by both. Always exact, also where <see cref="And"/> gives up.
    /// </summary>
    public bool Overlaps(ByteAutomaton other) =>
        AutomatonProduct.Reaches(this, other, (left, right) => left && right, isRightNeeded: true);

    /// <summary>A shortest accepted word, the most readable first; null where nothing is accepted.</summary>
    public byte[]? ShortestWord() => ShortestWords.Find(this);

    public bool Equals(ByteAutomaton? other) =>
        other is not null && _hash == other._hash && ClassCount == other.ClassCount &&
        _accepting.SequenceEqual(other._accepting) && _classes.SequenceEqual(other._classes) &&
        _targets.SequenceEqual(other._targets);

    public override bool Equals(object? obj) => Equals(obj as ByteAutomaton);

    public override int GetHashCode() => _hash;

    /// <summary>The canonical form; null where there is nothing to reduce or more than the limit remains.</summary>
    public static ByteAutomaton? TryReduce(RawAutomaton? raw)
    {
        if (raw is null)
            return null;
        int[] blocks = AutomatonReducer.Partition(raw, out int blockCount);
        if (blockCount > StatesMax)
            return null;

        // One raw state stands for its block. By first bytes ascending, classes ascend as well: see ByteClasses.
        var order = new List<int> { 0 };
        var numbers = new Dictionary<int, int> { [blocks[0]] = 0 };
        var targets = new List<int>();
        for (int index = 0; index < order.Count; index++)
        {
            for (int byteClass = 0; byteClass < raw.ClassCount; byteClass++)
            {
                int target = raw.Targets[order[index] * raw.ClassCount + byteClass];
                if (!numbers.TryGetValue(blocks[target], out int number))
                {
                    numbers.Add(blocks[target], number = order.Count);
                    order.Add(target);
                }

                targets.Add(number);
            }
        }

        return MergeClasses(raw, targets, order.Select(state => raw.Accepting[state]).ToArray());
    }

    private static ByteAutomaton MergeClasses(RawAutomaton raw, List<int> targets, bool[] accepting)
    {
        // Columns refine state by state: a class is known by the number of the column it has agreed with so far.
        var columns = new int[raw.ClassCount];
        var numbers = new Dictionary<(int Column, int Target), int>();
        for (int state = 0; state < accepting.Length; state++)
        {
            numbers.Clear();
            for (int byteClass = 0; byteClass < raw.ClassCount; byteClass++)
            {
                var key = (columns[byteClass], targets[state * raw.ClassCount + byteClass]);
                if (!numbers.TryGetValue(key, out int number))
                    numbers.Add(key, number = numbers.Count);
                columns[byteClass] = number;
            }
        }

        byte[] classes = ByteClasses.Number(octet => columns[raw.Classes[octet]]);
        byte[] firstBytes = ByteClasses.FirstBytes(classes);
        var merged = new int[accepting.Length * firstBytes.Length];
        for (int slot = 0; slot < merged.Length; slot++)
        {
            int rawClass = raw.Classes[firstBytes[slot % firstBytes.Length]];
            merged[slot] = targets[slot / firstBytes.Length * raw.ClassCount + rawClass];
        }

        return new ByteAutomaton(classes, firstBytes.Length, merged, accepting);
    }

    /// <summary>The state that accepts nothing any more is, in a minimal automaton, the one that only leads to itself.
    /// </summary>
    private int FindDead()
    {
        for (int state = 0; state < StateCount; state++)
        {
            bool isTrap = !_accepting[state];
            for (int byteClass = 0; isTrap && byteClass < ClassCount; byteClass++)
                isTrap = Target(state, byteClass) == state;
            if (isTrap)
                return state;
        }

        return -1;
    }

    private int ComputeHash()
    {
        int hash = ClassCount;
        foreach (int target in _targets)
            hash = unchecked(hash * 31 + target);
        foreach (bool isAccepting in _accepting)
            hash = unchecked(hash * 31 + (isAccepting ? 1 : 0));
        foreach (byte byteClass in _classes)
            hash = unchecked(hash * 31 + byteClass);
        return hash;
    }
}
