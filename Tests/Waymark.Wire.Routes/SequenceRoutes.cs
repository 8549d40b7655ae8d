using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Waymark.Wire.Routes;

/// <summary>Routes that answer item by item, fed by the test that calls them.</summary>
public static class SequenceRoutes
{
    /// <summary>What the routes give; a test puts its own here.</summary>
    public static AsyncLocal<SequenceFeed> Feed { get; } = new();

    [Get("/sequence/array")]
    internal static IAsyncEnumerable<Item> Array() => Feed.Value!.ReadAsync();

    [Get("/sequence/lines"), Produces("application/x-ndjson")]
    internal static IAsyncEnumerable<Item> Lines() => Feed.Value!.ReadAsync();

    [Get("/sequence/either"), Produces("application/json", "application/x-ndjson")]
    internal static Task<IAsyncEnumerable<Item>> Either() => Task.FromResult(Feed.Value!.ReadAsync());

    [Get("/sequence/events")]
    internal static IAsyncEnumerable<SseItem<Item>> Events() => Feed.Value!.ReadEventsAsync();

    [Get("/sequence/text-events")]
    internal static IAsyncEnumerable<SseItem<string>> TextEvents() => Feed.Value!.ReadTextAsync();

    [Get("/sequence/resumed")]
    internal static async IAsyncEnumerable<SseItem<string>> Resumed(
        [Header("Last-Event-ID")] int? lastId)
    {
        await Task.CompletedTask;
        yield return new SseItem<string>("on", id: $"{(lastId ?? 0) + 1}");
    }

    [Get("/sequence/null")]
    internal static IAsyncEnumerable<Item>? Null() => null;
}

/// <summary>Items as a test writes them, and whether the reader was disposed.</summary>
public sealed class SequenceFeed
{
    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>();

    /// <summary>Where the test writes; completing it with an exception makes the source fail.</summary>
    public ChannelWriter<Item> Writer => _items.Writer;

    /// <summary>Text events that are ready at once.</summary>
    public IReadOnlyList<SseItem<string>> Texts { get; init; } = [];

    /// <summary>True where the reader was told to stop.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Done when the reader has been disposed.</summary>
    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal async IAsyncEnumerable<Item> ReadAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        try
        {
            await foreach (Item item in _items.Reader.ReadAllAsync(stop))
                yield return item;
        }
        finally
        {
            IsCancelled = stop.IsCancellationRequested;
            Disposed.TrySetResult();
        }
    }

    internal async IAsyncEnumerable<SseItem<Item>> ReadEventsAsync(
        [EnumeratorCancellation] CancellationToken stop = default)
    {
        await foreach (Item item in ReadAsync(stop))
            yield return new SseItem<Item>(item, "item", $"{item.Id}");
    }

    internal async IAsyncEnumerable<SseItem<string>> ReadTextAsync()
    {
        foreach (SseItem<string> text in Texts)
            yield return text;
        await Task.CompletedTask;
    }
}
