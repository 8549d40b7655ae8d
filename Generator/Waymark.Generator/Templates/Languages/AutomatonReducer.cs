namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Minimises an automaton (Hopcroft 1971: split blocks by the smaller half, O(classes * states * log states)).
/// </summary>
/// <remarks>
/// The blocks are slices of one permutation of the states. A pass takes one (block, class) splitter, marks every state
/// that its class leads into the block by moving it to the front of its own block, and splits the blocks that are
/// marked in part.
/// </remarks>
internal sealed class AutomatonReducer
{
    private readonly RawAutomaton _raw;
    private readonly int _stateCount;
    private readonly int _classCount;

    // INVARIANT: _states is a permutation, _places its inverse, and block b is _states[_first[b] .. _end[b]).
    private readonly int[] _states;
    private readonly int[] _places;
    private readonly int[] _blocks;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly int[] _marked;
    private int _blockCount;

    // Predecessors of (class, state): _sources[_sourceStart[class * states + state] .. the next start).
    private readonly int[] _sources;
    private readonly int[] _sourceStart;

    private readonly Stack<int> _waiting = new();
    private readonly bool[] _isWaiting;

    private AutomatonReducer(RawAutomaton raw)
    {
        _raw = raw;
        _stateCount = raw.Accepting.Length;
        _classCount = raw.ClassCount;
        _states = new int[_stateCount];
        _places = new int[_stateCount];
        _blocks = new int[_stateCount];
        _first = new int[_stateCount];
        _end = new int[_stateCount];
        _marked = new int[_stateCount];
        _sources = new int[_stateCount * _classCount];
        _sourceStart = new int[_stateCount * _classCount + 1];
        _isWaiting = new bool[_stateCount * _classCount];
    }

    /// <summary>The block of every state: two states share one exactly where no word tells them apart.</summary>
    public static int[] Partition(RawAutomaton raw, out int blockCount)
    {
        var reducer = new AutomatonReducer(raw);
        reducer.CollectSources();
        reducer.SplitByAcceptance();
        while (reducer._waiting.Count > 0)
        {
            int splitter = reducer._waiting.Pop();
            reducer._isWaiting[splitter] = false;
            reducer.SplitBy(splitter / reducer._classCount, splitter % reducer._classCount);
        }

        blockCount = reducer._blockCount;
        return reducer._blocks;
    }

    private void CollectSources()
    {
        int[] targets = _raw.Targets;
        for (int edge = 0; edge < targets.Length; edge++)
            _sourceStart[edge % _classCount * _stateCount + targets[edge] + 1]++;
        for (int slot = 1; slot < _sourceStart.Length; slot++)
            _sourceStart[slot] += _sourceStart[slot - 1];
        var filled = new int[_sourceStart.Length];
        for (int edge = 0; edge < targets.Length; edge++)
        {
            int slot = edge % _classCount * _stateCount + targets[edge];
            _sources[_sourceStart[slot] + filled[slot]++] = edge / _classCount;
        }
    }

    private void SplitByAcceptance()
    {
        int place = 0;
        foreach (bool isAccepting in new[] { true, false })
        {
            int first = place;
            for (int state = 0; state < _stateCount; state++)
            {
                if (_raw.Accepting[state] != isAccepting)
                    continue;
                _blocks[state] = _blockCount;
                _places[state] = place;
                _states[place++] = state;
            }

            if (place > first)
                AddBlock(first, place);
        }

        for (int splitter = 0; splitter < _blockCount * _classCount; splitter++)
            Await(splitter);
    }

    private void SplitBy(int block, int byteClass)
    {
        var touched = new List<int>();
        // A copy, because marking moves the states of this very block while it is walked.
        var members = new int[_end[block] - _first[block]];
        Array.Copy(_states, _first[block], members, 0, members.Length);
        foreach (int member in members)
        {
            int slot = byteClass * _stateCount + member;
            for (int index = _sourceStart[slot]; index < _sourceStart[slot + 1]; index++)
                Mark(_sources[index], touched);
        }

        foreach (int split in touched)
            SplitMarked(split);
    }

    /// <summary>Each state is marked once per pass: its class leads to one state only.</summary>
    private void Mark(int state, List<int> touched)
    {
        int block = _blocks[state];
        if (_marked[block] == 0)
            touched.Add(block);
        int from = _places[state];
        int to = _first[block] + _marked[block]++;
        int other = _states[to];
        _states[to] = state;
        _places[state] = to;
        _states[from] = other;
        _places[other] = from;
    }

    private void SplitMarked(int block)
    {
        int middle = _first[block] + _marked[block];
        _marked[block] = 0;
        if (middle == _end[block])
            return;
        int added = _blockCount;
        // The smaller part becomes the new block, which is what bounds the work by the logarithm.
        if (middle - _first[block] <= _end[block] - middle)
        {
            AddBlock(_first[block], middle);
            _first[block] = middle;
        }
        else
        {
            AddBlock(middle, _end[block]);
            _end[block] = middle;
        }

        for (int place = _first[added]; place < _end[added]; place++)
            _blocks[_states[place]] = added;
        // Where (block, class) waits, both parts must; where it does not, the smaller part alone is enough.
        for (int byteClass = 0; byteClass < _classCount; byteClass++)
            Await(added * _classCount + byteClass);
    }

    private void AddBlock(int first, int end)
    {
        _first[_blockCount] = first;
        _end[_blockCount++] = end;
    }

    private void Await(int splitter)
    {
        if (_isWaiting[splitter])
            return;
        _isWaiting[splitter] = true;
        _waiting.Push(splitter);
    }
}
