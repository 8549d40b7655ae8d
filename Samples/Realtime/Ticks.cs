using System.Runtime.CompilerServices;
using Waymark;

namespace Realtime;

/// <summary>One step of a value that wanders about.</summary>
internal sealed record Tick(long Number, double Value);

internal static class TickRoutes
{
    /// <summary>Server-sent events: the steps as they happen, and first those that the client has missed.</summary>
    /// <param name="lastId">Sent by the browser when it comes back.</param>
    /// <param name="count">Ends the stream after so many, to see a browser come back.</param>
    /// <param name="walk">Where they come from.</param>
    /// <param name="stop">Cancelled when the client is gone.</param>
    [Get("/ticks")]
    internal static async IAsyncEnumerable<SseItem<Tick>> Follow(
        [Header("Last-Event-ID")] long? lastId, int? count, [Service] RandomWalk walk,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (Tick tick in walk.ReadAsync(lastId, stop))
        {
            yield return new SseItem<Tick>(tick, "tick", $"{tick.Number}", TimeSpan.FromMilliseconds(500));
            if (--count <= 0)
                yield break;
        }
    }
}

/// <summary>Takes a step a second, and remembers the last hundred.</summary>
internal sealed class RandomWalk
{
    private const int KeptMax = 100;

    private readonly Lock _lock = new();
    private readonly Queue<Tick> _kept = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnded;

    /// <summary>Steps until the server stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        double value = 100;
        for (long number = 1; !stop.IsCancellationRequested; number++)
        {
            value += Random.Shared.NextDouble() - 0.5;
            Add(new Tick(number, Math.Round(value, 2)));
            await timer.WaitForNextTickAsync(stop).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>What comes behind a step; without one, the newest and what follows.</summary>
    public async IAsyncEnumerable<Tick> ReadAsync(long? after, [EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            Tick[] news;
            Task changed;
            lock (_lock)
            {
                after ??= (_kept.Count > 0 ? _kept.Last().Number : 1) - 1;
                news = [.. _kept.Where(tick => tick.Number > after)];
                changed = _changed.Task;
                if (_isEnded && news.Length == 0)
                    yield break;
            }

            foreach (Tick tick in news)
            {
                after = tick.Number;
                yield return tick;
            }

            if (news.Length == 0)
                await changed.WaitAsync(stop);
        }
    }

    /// <summary>Ends what is being read.</summary>
    public void End()
    {
        lock (_lock)
            _isEnded = true;
        Tell();
    }

    private void Add(Tick tick)
    {
        lock (_lock)
        {
            _kept.Enqueue(tick);
            if (_kept.Count > KeptMax)
                _kept.Dequeue();
        }

        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            if (!_isEnded)
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
