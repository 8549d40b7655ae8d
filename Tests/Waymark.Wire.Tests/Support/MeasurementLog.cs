using System.Diagnostics.Metrics;
using System.Globalization;

namespace Waymark.Wire.Tests.Support;

/// <summary>Listens to the meter of one server.</summary>
internal sealed class MeasurementLog : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _lines = [];

    /// <param name="isOurs">True for the scope of the server that is meant: others run at the same time.</param>
    /// <param name="keeps">False to listen and keep nothing.</param>
    public MeasurementLog(Func<ServerContext, bool> isOurs, bool keeps = true)
        : this((object? scope) => scope is ServerContext context && isOurs(context), keeps)
    {
    }

    private MeasurementLog(Predicate<object?> isOurs, bool keeps)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && isOurs(instrument.Meter.Scope))
                listener.EnableMeasurementEvents(instrument);
        };
        if (keeps)
        {
            _listener.SetMeasurementEventCallback<long>((from, value, tags, _) => Note(from, value, tags));
            _listener.SetMeasurementEventCallback<double>((from, value, tags, _) => Note(from, value, tags));
        }
        else
        {
            _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
            _listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        }

        _listener.Start();
    }

    /// <summary>Of a server whose connections are measured by themselves.</summary>
    public static MeasurementLog OfConnections(NetworkServer server) =>
        new((object? scope) => ReferenceEquals(scope, server), keeps: true);

    /// <summary>What was measured: instrument, value, tags in the order of their names.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>What was measured by an instrument.</summary>
    public string[] Of(string instrument) =>
        [.. Lines.Where(line => line.StartsWith($"{instrument} ", StringComparison.Ordinal))
            .Select(line => line[(instrument.Length + 1)..])];

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string shown = string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_lines)
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {shown}").TrimEnd());
    }
}
