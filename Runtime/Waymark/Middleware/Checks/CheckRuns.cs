using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Waymark.Middleware.Checks;

/// <summary>What the checks said together: the answer, ready to be sent.</summary>
internal sealed record CheckOutcome(int Status, byte[] Body, long At);

/// <summary>Runs all checks side by side, once for everybody who asks meanwhile, and keeps what they said.</summary>
internal sealed class CheckRuns
{
    private readonly CheckRun[] _checks;
    private readonly TimeSpan _cacheTime;
    private readonly bool _isDetailed;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // INVARIANT: under _lock; null where none runs.
    private Task<CheckOutcome>? _running;
    private CheckOutcome? _kept;

    public CheckRuns(HealthOptions options, TimeProvider time, ILogger logger)
    {
        _checks = new CheckRun[options.Checks.Count];
        for (int index = 0; index < _checks.Length; index++)
            _checks[index] = new CheckRun(options.Checks[index], time, logger);
        _cacheTime = options.CacheTime;
        _isDetailed = options.DetailedErrors;
        _time = time;

        // Nothing to check never gets old.
        if (_checks.Length == 0)
            _kept = Join([]) with { At = long.MaxValue };
    }

    /// <summary>The last outcome, while it counts.</summary>
    public bool TryGetKept([NotNullWhen(true)] out CheckOutcome? outcome)
    {
        outcome = Volatile.Read(ref _kept);
        return outcome is not null && (_checks.Length == 0 || _time.GetElapsedTime(outcome.At) < _cacheTime);
    }

    /// <summary>Joins the run that is under way, or begins one.</summary>
    public Task<CheckOutcome> RunAsync()
    {
        lock (_lock)
            return _running is { IsCompleted: false } running ? running : _running = Task.Run(RunAllAsync);
    }

    private async Task<CheckOutcome> RunAllAsync()
    {
        var running = new Task<CheckReport>[_checks.Length];
        for (int index = 0; index < running.Length; index++)
            running[index] = _checks[index].RunAsync();
        CheckOutcome outcome = Join(await Task.WhenAll(running).ConfigureAwait(false));
        Volatile.Write(ref _kept, outcome);
        return outcome;
    }

    private CheckOutcome Join(CheckReport[] reports)
    {
        bool isWell = Array.TrueForAll(reports, static report => report.IsWell);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, isWell ? "ok"u8 : "failing"u8);
            if (reports.Length > 0)
                WriteReports(json, reports);
            json.WriteEndObject();
        }

        body.Write("\n"u8);
        return new CheckOutcome(isWell ? 200 : 503, body.WrittenSpan.ToArray(), _time.GetTimestamp());
    }

    private void WriteReports(Utf8JsonWriter json, CheckReport[] reports)
    {
        json.WriteStartArray("checks"u8);
        foreach (CheckReport report in reports)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, report.Name);
            json.WriteString("status"u8, report.Status);
            if (_isDetailed && report.Cause is not null)
                json.WriteString("error"u8, report.Cause.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
