using Waymark;

namespace Todo;

/// <summary>The contract of todobackend.com: a list at one URL, whose entries say where they are.</summary>
/// <remarks>
/// A page of any origin may use it (CORS in Program.cs). The URLs are absolute, as the contract wants them: made of the
/// host that the client has asked for, which nobody but this client gets to see.
/// </remarks>
[Group("/todos")]
internal static class Todos
{
    /// <summary>Lists all entries.</summary>
    [Get("/")]
    internal static TodoEntry[] List(Request request, [Service] TodoBoard board) =>
        [.. board.All().Select(todo => Describe(request, todo))];

    /// <summary>Adds an entry, which is not completed.</summary>
    /// <response code="429">There are too many.</response>
    [Post("/")]
    internal static Created<TodoEntry> Add(NewTodo todo, Request request, [Service] TodoBoard board)
    {
        TodoEntry added = Describe(request, board.Add(todo));
        return Results.Created(added.Url, added);
    }

    /// <summary>Removes all entries.</summary>
    [Delete("/")]
    internal static void Clear([Service] TodoBoard board) => board.Clear();

    /// <summary>Finds one entry.</summary>
    [Get("/:id<int>")]
    internal static Results<Ok<TodoEntry>, NotFound> Find(int id, Request request, [Service] TodoBoard board) =>
        board.Find(id) is { } todo ? Results.Ok(Describe(request, todo)) : Results.NotFound();

    /// <summary>Changes what the body names of an entry.</summary>
    [Patch("/:id<int>")]
    internal static Results<Ok<TodoEntry>, NotFound> Change(
        int id, TodoChange change, Request request, [Service] TodoBoard board) =>
        board.Change(id, change) is { } todo ? Results.Ok(Describe(request, todo)) : Results.NotFound();

    /// <summary>Removes one entry.</summary>
    [Delete("/:id<int>")]
    internal static Results<NoContent, NotFound> Remove(int id, [Service] TodoBoard board) =>
        board.Remove(id) ? Results.NoContent() : Results.NotFound();

    private static TodoEntry Describe(Request request, BoardTodo todo) => new(
        todo.Title, todo.Completed, todo.Order, $"{request.Scheme}://{request.Host}{Routes.Links.Todos.Find(todo.Id)}");
}
