namespace Waymark.Benchmarks.Generation;

/// <summary>What one run took: time of a CPU, and what its thread allocated (NaN where that is not measured).</summary>
internal readonly record struct Sample(double Milliseconds, double Megabytes);

/// <summary>Milliseconds: the median of several runs, and the range. Megabytes allocated: the median.</summary>
internal sealed record Timing(double Median, double Min, double Max, double Megabytes)
{
    public static Timing Of(IEnumerable<Sample> samples)
    {
        double[] times = [.. samples.Select(sample => sample.Milliseconds).Order()];
        double[] megabytes = [.. samples.Select(sample => sample.Megabytes).Order()];
        return new Timing(times[times.Length / 2], times[0], times[^1], megabytes[megabytes.Length / 2]);
    }

    /// <summary>Runs as often as asked.</summary>
    public static Timing Of(int repetitions, Func<Sample> run)
    {
        Sample[] samples = [.. Enumerable.Range(0, repetitions).Select(_ => run())];
        return Of(samples);
    }

    /// <summary>Two cells of a table; memory is left empty where it was not measured.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Median:N1} ({Min:N1}-{Max:N1}) | {(double.IsNaN(Megabytes) ? null : Megabytes):N1}");
}
