using Waymark;

namespace Todo;

/// <summary>Things to do.</summary>
[Group("/items"), NoStore]
internal static class Items
{
    /// <summary>Lists items, page by page.</summary>
    /// <response code="200">A page; <c>next</c> leads to the following one.</response>
    [Get("/")]
    internal static Page<Item> List(ItemFilter filter, [Service] TodoStore store)
    {
        (List<Item> items, int total) = store.List(filter);
        bool isLast = filter.Page * filter.Size >= total;
        return new Page<Item>(items, total, isLast ? null : LinkTo(filter with { Page = filter.Page + 1 }));
    }

    /// <summary>Finds one item.</summary>
    /// <param name="id">The item's number.</param>
    [Get("/:id<int>")]
    internal static Results<Ok<Item>, NotFound> Find(int id, [Service] TodoStore store) =>
        store.Find(id) is { } item ? Results.Ok(item) : Results.NotFound();

    /// <summary>Adds an item.</summary>
    /// <response code="429">There are too many.</response>
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

    /// <summary>Removes an item and its files.</summary>
    [Delete("/:id<int>")]
    internal static Results<NoContent, NotFound> Remove(
        int id, [Service] TodoStore store, [Service] FileStore files)
    {
        if (!store.Remove(id))
            return Results.NotFound();
        files.RemoveAll(id);
        return Results.NoContent();
    }

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

    // Without names, so that a filter which is added and forgotten here does not compile.
    private static string LinkTo(ItemFilter to) =>
        Routes.Links.Items.List(to.Priority, to.Done, to.DueBy, to.Text, to.Tags, to.Page, to.Size);
}
