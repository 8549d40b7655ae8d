using System.Collections.Concurrent;
using System.Globalization;

namespace Waymark.Tests.Background;

/// <summary>A handler that notes what is called, and then does what a test says.</summary>
internal sealed class Recorder : ITickHandler
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IEnumerable<string> Calls => _calls;

    public Func<CancellationToken, ValueTask> OnStart { get; init; } = _ => ValueTask.CompletedTask;

    public Func<long, CancellationToken, ValueTask> OnTick { get; init; } = (_, _) => ValueTask.CompletedTask;

    public Func<ValueTask> OnStop { get; init; } = () => ValueTask.CompletedTask;

    public ValueTask StartAsync(CancellationToken stop)
    {
        _calls.Enqueue("start");
        return OnStart(stop);
    }

    public ValueTask TickAsync(long number, CancellationToken stop)
    {
        _calls.Enqueue(number.ToString(CultureInfo.InvariantCulture));
        return OnTick(number, stop);
    }

    public ValueTask StopAsync()
    {
        _calls.Enqueue("stop");
        return OnStop();
    }
}
