using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Todo;

/// <summary>The items, in memory, and whoever watches them change.</summary>
internal sealed class TodoStore(int itemsMax)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Item> _items = [];
    private readonly List<ChannelWriter<Change>> _watchers = [];
    private int _lastId;
    private bool _isEnding;

    public Item? Find(int id)
    {
        lock (_lock)
            return _items.GetValueOrDefault(id);
    }

    public Item Add(NewItem added)
    {
        lock (_lock)
        {
            if (_items.Count >= itemsMax)
                throw new QuotaException();
            var item = new Item(
                ++_lastId, added.Title, added.Priority, added.Due, false, added.Tags ?? [], added.Repeat);
            Put(item, "added");
            return item;
        }
    }

    /// <summary>False where it has been done already; null where there is no such item.</summary>
    public bool? Finish(int id)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(id, out Item? item))
                return null;
            if (item.IsDone)
                return false;
            Put(item with { IsDone = true }, "done");
            return true;
        }
    }

    public bool Remove(int id)
    {
        lock (_lock)
        {
            if (!_items.Remove(id, out Item? item))
                return false;
            Tell(new Change("removed", item));
            return true;
        }
    }

    public (List<Item> Items, int Total) List(ItemFilter filter)
    {
        lock (_lock)
        {
            List<Item> found = [.. _items.Values.Where(item => Matches(item, filter))];
            return ([.. found.Skip((filter.Page - 1) * filter.Size).Take(filter.Size)], found.Count);
        }
    }

    public Item[] All()
    {
        lock (_lock)
            return [.. _items.Values];
    }

    /// <summary>Every change from now on, until the watcher leaves. One that is too slow misses the oldest.</summary>
    public async IAsyncEnumerable<Change> WatchAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var changes = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _watchers.Add(changes.Writer);
            if (_isEnding)
                changes.Writer.Complete();
        }

        try
        {
            await foreach (Change change in changes.Reader.ReadAllAsync(stop))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(changes.Writer);
        }
    }

    /// <summary>Ends every watch, and those that begin later: a server that stops would wait for them.</summary>
    public void EndWatches()
    {
        lock (_lock)
        {
            _isEnding = true;
            foreach (ChannelWriter<Change> watcher in _watchers)
                watcher.TryComplete();
        }
    }

    private static bool Matches(Item item, ItemFilter filter) =>
        (filter.Priority is null || item.Priority == filter.Priority)
        && (filter.Done is null || item.IsDone == filter.Done)
        && (filter.DueBy is null || item.Due <= filter.DueBy)
        && (filter.Text is null || item.Title.Contains(filter.Text, StringComparison.OrdinalIgnoreCase))
        && filter.Tags.All(tag => item.Tags.Contains(tag));

    private void Put(Item item, string kind)
    {
        _items[item.Id] = item;
        Tell(new Change(kind, item));
    }

    private void Tell(Change change)
    {
        foreach (ChannelWriter<Change> watcher in _watchers)
            watcher.TryWrite(change);
    }
}

/// <summary>There are as many items as there may be.</summary>
internal sealed class QuotaException : Exception;
