using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Waymark.Tests.Support;

/// <summary>Keeps what was logged, and lets a test wait for an event.</summary>
internal sealed class ListLogger : ILogger
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _seen = new();

    public ConcurrentQueue<(LogLevel Level, int Id, string Message, Exception? Cause)> Events { get; } = new();

    public int CountOf(int id) => Events.Count(e => e.Id == id);

    public Task UntilAsync(int id) =>
        Source(id).Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Events.Enqueue((logLevel, eventId.Id, formatter(state, exception), exception));
        Source(eventId.Id).TrySetResult();
    }

    private TaskCompletionSource Source(int id) =>
        _seen.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
