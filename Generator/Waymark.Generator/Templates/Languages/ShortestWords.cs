namespace Waymark.Generator.Templates.Languages;

/// <summary>Finds the word a message shows: as short as possible, then as readable as possible.</summary>
internal static class ShortestWords
{
    /// <summary>All bytes, the most readable first: letters, digits, marks that stand in a path as they are.</summary>
    private static readonly byte[] ByReadability = Enumerable.Range(0, ByteClasses.ByteCount)
        .OrderBy(Rank).ThenBy(octet => octet).Select(octet => (byte)octet).ToArray();

    public static byte[]? Find(ByteAutomaton automaton)
    {
        int[] distances = Distances(automaton);
        if (distances[0] < 0)
            return null;
        var word = new byte[distances[0]];
        int state = 0;
        for (int index = 0; index < word.Length; index++)
        {
            // A byte one step nearer exists by the meaning of a distance.
            int wanted = word.Length - index - 1;
            word[index] = ByReadability.First(octet => distances[automaton.Next(state, octet)] == wanted);
            state = automaton.Next(state, word[index]);
        }

        return word;
    }

    /// <summary>How many bytes are missing in each state; -1 where nothing helps.</summary>
    private static int[] Distances(ByteAutomaton automaton)
    {
        var sources = new List<int>[automaton.StateCount];
        for (int state = 0; state < sources.Length; state++)
            sources[state] = [];
        for (int state = 0; state < sources.Length; state++)
        {
            for (int byteClass = 0; byteClass < automaton.ClassCount; byteClass++)
                sources[automaton.Target(state, byteClass)].Add(state);
        }

        int[] distances = Enumerable.Repeat(-1, sources.Length).ToArray();
        var waiting = new Queue<int>();
        for (int state = 0; state < sources.Length; state++)
        {
            if (!automaton.IsAccepting(state))
                continue;
            distances[state] = 0;
            waiting.Enqueue(state);
        }

        while (waiting.Count > 0)
        {
            int state = waiting.Dequeue();
            foreach (int source in sources[state])
            {
                if (distances[source] >= 0)
                    continue;
                distances[source] = distances[state] + 1;
                waiting.Enqueue(source);
            }
        }

        return distances;
    }

    private static int Rank(int octet) => octet switch
    {
        >= 'a' and <= 'z' => 0,
        >= '0' and <= '9' => 1,
        >= 'A' and <= 'Z' => 2,
        '-' or '.' or '_' or '~' => 3,
        > ' ' and < 0x7F => 4,
        ' ' => 5,
        >= 0x80 => 6,
        _ => 7,
    };
}
