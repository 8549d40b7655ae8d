using System.Diagnostics;
using Waymark.Fuzz.Coverage;

namespace Waymark.Fuzz.Engine;

/// <summary>Runs one target on inputs that it keeps making, and keeps those that reach something new.</summary>
internal sealed class Fuzzer
{
    private const int FindingsMax = 5;

    private readonly FuzzTarget _target;
    private readonly EdgeMap? _map;
    private readonly Flight _flight;
    private readonly Random _random;
    private readonly Corpus _corpus;
    private readonly Mutator _mutator;
    private readonly HashSet<string> _claims = [];

    public Fuzzer(FuzzTarget target, EdgeMap? map, Flight flight, int seed)
    {
        _target = target;
        _map = map;
        _flight = flight;
        _random = new Random(seed);
        _corpus = new Corpus(_random);
        _mutator = new Mutator(_random, target.Words);
        foreach (byte[] input in target.Seeds)
        {
            _corpus.Add(input);
            Run(input);
        }
    }

    public string Name => _target.Name;

    public long ExecutionCount { get; private set; }

    public int CorpusCount => _corpus.Count;

    /// <summary>What does not hold, each claim once, with the file that shows it.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Goes on for a while.</summary>
    public void RunFor(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration && Findings.Count < FindingsMax)
        {
            // The clock is read once in a while: it costs as much as a short run.
            for (int count = 0; count < 256; count++)
            {
                byte[] input = _mutator.Mutate(_corpus.Pick(), _corpus.Pick());
                if (Run(input))
                    _corpus.Add(input);
            }
        }
    }

    /// <summary>Runs one input.</summary>
    /// <returns>True where it reached something new.</returns>
    public bool Run(byte[] input)
    {
        _flight.Begin(_target.Name, input);
        _map?.Clear();
        long before = _map?.Steps ?? 0;
        try
        {
            _target.Run(input, new Random(HashOf(input)));
            long steps = (_map?.Steps ?? 0) - before;
            if (steps > _target.StepsMax(input.Length))
                throw new OracleException($"{steps} steps for {input.Length} octets");
        }
        catch (Exception e)
        {
            Note(input, e);
        }

        _flight.End();
        ExecutionCount++;
        return _map is not null && _map.TakeNew();
    }

    private void Note(byte[] input, Exception e)
    {
        // One finding for each claim and place: a thousand inputs that show the same are one fault.
        string claim = e is OracleException
            ? e.Message.Split(':')[0]
            : $"{e.GetType().Name} {e.StackTrace?.Split('\n')[0]}";
        if (Findings.Count >= FindingsMax || !_claims.Add(claim))
            return;
        string file = _flight.Keep(_target.Name, input);
        Findings.Add($"{_target.Name}: {(e is OracleException ? e.Message : e)}\n  shown by {file}");
    }

    private static int HashOf(byte[] input)
    {
        uint hash = 2166136261;
        foreach (byte octet in input)
            hash = (hash ^ octet) * 16777619;
        return (int)hash;
    }
}
