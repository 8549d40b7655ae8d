using System.Diagnostics;
using System.Globalization;
using Waymark.Fuzz.Coverage;
using Waymark.Fuzz.Engine;
using Waymark.Fuzz.Targets;

namespace Waymark.Fuzz;

/// <summary>The process whose Waymark notes what it runs: goes round the targets until the time is over.</summary>
internal static class Inner
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private static readonly FuzzTarget[] Targets =
    [
        new HeadTarget(), new ChunkTarget(), new PathTarget(), new QueryTarget(), new CookieTarget(),
        new MultipartTarget(), new PreludeTarget(), new RouteTarget(), new ConnectionTarget(), new FrameTarget(),
    ];

    public static IReadOnlyList<string> TargetNames { get; } = Array.ConvertAll(Targets, static one => one.Name);

    /// <returns>0 where everything held, else 1.</returns>
    public static int Run(Options options)
    {
        Directory.CreateDirectory(options.Out);
        using var flight = new Flight(options.Out);
        EdgeMap? map = EdgeMap.Find();
        if (options.Repeat is { } file)
            return Repeat(file, map, flight);

        Fuzzer[] fuzzers = [.. Targets.Where(target => options.Targets.Contains(target.Name))
            .Select(target => new Fuzzer(target, map, flight, options.Seed))];
        long start = Stopwatch.GetTimestamp();
        TimeSpan whole = TimeSpan.FromSeconds(options.Seconds);
        for (int turn = 0; Stopwatch.GetElapsedTime(start) < whole; turn++)
            fuzzers[turn % fuzzers.Length].RunFor(Turn);

        foreach (Fuzzer fuzzer in fuzzers)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{fuzzer.Name,-10} {fuzzer.ExecutionCount,12:N0} executions {fuzzer.CorpusCount,7:N0} inputs kept"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{fuzzers.Sum(one => one.ExecutionCount):N0} executions, {map?.EdgeCount ?? 0:N0} edges"));
        List<string> findings = [.. fuzzers.SelectMany(fuzzer => fuzzer.Findings)];
        findings.ForEach(Console.WriteLine);
        Console.WriteLine($"{findings.Count} findings");
        return findings.Count == 0 ? 0 : 1;
    }

    private static int Repeat(string file, EdgeMap? map, Flight flight)
    {
        string name = Path.GetFileName(file).Split('-')[0];
        FuzzTarget target = Array.Find(Targets, one => one.Name == name)
            ?? throw new ArgumentException($"{file}: the name begins with none of {string.Join(' ', TargetNames)}.");
        var fuzzer = new Fuzzer(target, map, flight, seed: 0);
        fuzzer.Run(File.ReadAllBytes(file));
        fuzzer.Findings.ForEach(Console.WriteLine);
        Console.WriteLine($"{fuzzer.Findings.Count} findings");
        return fuzzer.Findings.Count == 0 ? 0 : 1;
    }
}
