namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Compiles a tree to an automaton: Thompson's construction, then sets of its states as the states of the result.
/// </summary>
/// <remarks>
/// The construction runs backwards: each node is compiled in front of the state that follows it, so that no fragment is
/// ever patched and a copy of a repeated node is one more call. Both halves are bounded, because a short pattern such
/// as <c>((a{99}){99}){99}</c> or <c>(a|b)*a(a|b){20}</c> explodes in one or the other.
/// </remarks>
internal sealed class RegexCompiler
{
    /// <summary>The most states of the nondeterministic automaton.</summary>
    private const int StatesMax = 20_000;

    /// <summary>The most visits of states while sets are built: some 50 ms of a slow machine.</summary>
    private const int VisitsMax = 2_000_000;

    // One entry for each state. A state either branches without reading, or reads one byte of its range.
    private readonly List<int[]?> _branches = [null];
    private readonly List<(ByteRange Range, int Next)> _reads = [default];
    private readonly Dictionary<RegexNode.Scalar, List<ByteRange[]>> _sequences = [];
    private int[] _stamps = [];
    private int _stamp;
    private int _visitCount;

    private RegexCompiler()
    {
    }

    /// <summary>The automaton of a whole value that matches; null where it would take too many states.</summary>
    public static ByteAutomaton? TryCompile(RegexNode node)
    {
        var compiler = new RegexCompiler();
        int start = compiler.Compile(node, next: 0);
        return start < 0 ? null : ByteAutomaton.TryReduce(compiler.Determinise(start));
    }

    /// <summary>The state in front of <paramref name="next"/>; -1 beyond the limit, which passes through every caller.
    /// </summary>
    private int Compile(RegexNode node, int next)
    {
        switch (node)
        {
            case RegexNode.Scalar scalar:
                return CompileScalar(scalar, next);
            case RegexNode.Sequence sequence:
                for (int index = sequence.Items.Count - 1; index >= 0 && next >= 0; index--)
                    next = Compile(sequence.Items[index], next);
                return next;
            case RegexNode.Choice choice:
                int[] entries = choice.Items.Select(item => Compile(item, next)).ToArray();
                return entries.Contains(-1) ? -1 : AddBranch(entries);
            case RegexNode.Repeat repeat:
                return CompileRepeat(repeat, next);
            default:
                throw new InvalidOperationException("A node is one of the four.");
        }
    }

    private int CompileRepeat(RegexNode.Repeat repeat, int next)
    {
        int entry = next;
        if (repeat.Max is null)
        {
            entry = AddBranch([next]);
            int body = entry < 0 ? -1 : Compile(repeat.Item, entry);
            if (body < 0)
                return -1;
            _branches[entry] = [body, next];
        }

        // x{0,2} is (x(x)?)?: each optional copy may leave to what follows them all.
        for (int copy = repeat.Min; copy < repeat.Max && entry >= 0; copy++)
        {
            int body = Compile(repeat.Item, entry);
            entry = body < 0 ? -1 : AddBranch([body, next]);
        }

        for (int copy = 0; copy < repeat.Min && entry >= 0; copy++)
        {
            int follower = entry;
            entry = Compile(repeat.Item, follower);
            // The empty text adds no state, so that no limit would end ((((){999}){999}){999}){999}.
            if (entry == follower)
                break;
        }

        return entry;
    }

    private int CompileScalar(RegexNode.Scalar scalar, int next)
    {
        if (next < 0)
            return -1;
        if (!_sequences.TryGetValue(scalar, out List<ByteRange[]>? sequences))
            _sequences.Add(scalar, sequences = Utf8Sequences.Of(scalar.Set).ToList());
        // Sequences share their ends: the continuation bytes of [^a] are written once.
        var shared = new Dictionary<(ByteRange Range, int Next), int>();
        var entries = new List<int>();
        foreach (ByteRange[] sequence in sequences)
        {
            int state = next;
            for (int index = sequence.Length - 1; index >= 0; index--)
            {
                var read = (sequence[index], state);
                if (!shared.TryGetValue(read, out state))
                {
                    if ((state = AddState(null, read)) < 0)
                        return -1;
                    shared.Add(read, state);
                }
            }

            entries.Add(state);
        }

        return entries.Count == 1 ? entries[0] : AddBranch(entries.ToArray());
    }

    private int AddBranch(int[] branches) => AddState(branches, default);

    private int AddState(int[]? branches, (ByteRange Range, int Next) read)
    {
        if (_branches.Count == StatesMax)
            return -1;
        _branches.Add(branches);
        _reads.Add(read);
        return _branches.Count - 1;
    }

    private RawAutomaton? Determinise(int start)
    {
        _stamps = new int[_branches.Count];
        var starts = new bool[ByteClasses.ByteCount + 1];
        for (int state = 1; state < _branches.Count; state++)
        {
            if (_branches[state] is not null)
                continue;
            starts[_reads[state].Range.First] = true;
            starts[_reads[state].Range.Last + 1] = true;
        }

        return RawAutomaton.Explore(
            Close([start]),
            ByteClasses.FromStarts(starts),
            TryStep,
            set => set.Length > 0 && set[0] == 0,
            StateSetComparer.Instance);
    }

    private bool TryStep(int[] set, byte octet, out int[] target)
    {
        var reached = new List<int>();
        foreach (int state in set)
        {
            (ByteRange range, int next) = _reads[state];
            if (state != 0 && range.First <= octet && octet <= range.Last)
                reached.Add(next);
        }

        _visitCount += set.Length;
        target = Close(reached);
        return _visitCount <= VisitsMax;
    }

    /// <summary>All states reached without reading that read or accept, ascending; state 0 is the one that accepts.
    /// </summary>
    private int[] Close(List<int> states)
    {
        _stamp++;
        var closed = new List<int>();
        var waiting = new Stack<int>(states);
        while (waiting.Count > 0)
        {
            int state = waiting.Pop();
            _visitCount++;
            if (_stamps[state] == _stamp)
                continue;
            _stamps[state] = _stamp;
            if (_branches[state] is not { } branches)
            {
                closed.Add(state);
                continue;
            }

            foreach (int branch in branches)
                waiting.Push(branch);
        }

        closed.Sort();
        return closed.ToArray();
    }

    private sealed class StateSetComparer : IEqualityComparer<int[]>
    {
        public static readonly StateSetComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(int[] obj)
        {
            int hash = obj.Length;
            foreach (int state in obj)
                hash = unchecked(hash * 31 + state);
            return hash;
        }
    }
}
