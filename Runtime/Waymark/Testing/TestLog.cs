using Microsoft.Extensions.Logging;

namespace Waymark.Testing;

/// <summary>Keeps what a server logs, in its order.</summary>
internal sealed class TestLog : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<TestLogEntry> _entries = [];

    /// <summary>What there is by now.</summary>
    public IReadOnlyList<TestLogEntry> Entries
    {
        get
        {
            lock (_lock)
                return _entries.ToArray();
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var entry = new TestLogEntry(logLevel, eventId, formatter(state, exception), exception);
        lock (_lock)
            _entries.Add(entry);
    }
}
