using Waymark;

namespace Todo;

/// <summary>Things to do.</summary>
[Group("/items")]
internal static class Items
{
    /// <summary>Lists items, page by page.</summary>
    /// <response code="200">A page; <c>next</c> leads to the following one.</response>
    [Get("/")]
    internal static Page<Item> List(ItemFilter filter, [Service] TodoStore store)
    {
        (List<Item> items, int total) = store.List(filter);
        bool isLast = filter.Page * filter.Size >= total;
        string? next = isLast ? null : $"{Routes.Links.Items.List(page: filter.Page + 1, size: filter.Size)}";
        return new Page<Item>(items, total, next);
    }

    /// <summary>Finds one item.</summary>
    /// <param name="id">The item's number.</param>
    [Get("/:id<int>")]
    internal static Results<Ok<Item>, NotFound> Find(int id, [Service] TodoStore store) =>
        store.Find(id) is { } item ? Results.Ok(item) : Results.NotFound();

    /// <summary>Adds an item.</summary>
    [Post("/")]
    internal static Created<Item> Add(NewItem item, [Service] TodoStore store)
    {
        Item added = store.Add(item);
        return Results.Created(Routes.Links.Items.Find(added.Id), added);
    }

    /// <summary>Says that an item has been done.</summary>
    /// <response code="409">It was done already.</response>
    [Post("/:id<int>/done")]
    internal static Results<NoContent, NotFound, Conflict> Finish(int id, [Service] TodoStore store) =>
        store.Finish(id) switch
        {
            null => Results.NotFound(),
            false => Results.Conflict("The item is done already."),
            true => Results.NoContent(),
        };

    /// <summary>Removes an item.</summary>
    [Delete("/:id<int>")]
    internal static Results<NoContent, NotFound> Remove(int id, [Service] TodoStore store) =>
        store.Remove(id) ? Results.NoContent() : Results.NotFound();

    /// <summary>Everything, one item a line.</summary>
    [Get("/export"), Produces("application/x-ndjson")]
    internal static async IAsyncEnumerable<Item> Export([Service] TodoStore store)
    {
        foreach (Item item in store.All())
        {
            yield return item;
            await Task.Yield();
        }
    }

    /// <summary>Changes as they happen, as server-sent events.</summary>
    [Get("/changes")]
    internal static async IAsyncEnumerable<SseItem<Change>> Changes(
        [Service] TodoStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (Change change in store.WatchAsync(stop))
            yield return new SseItem<Change>(change, change.Kind);
    }
}
