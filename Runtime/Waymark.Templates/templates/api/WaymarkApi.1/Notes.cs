using Waymark;

namespace WaymarkApi._1;

/// <summary>Notes.</summary>
[Group("/notes")]
internal static class Notes
{
    /// <summary>Lists notes, the oldest first.</summary>
    /// <param name="text">Only those that hold this; all of them where it is left out.</param>
    [Get("/")]
    internal static Note[] List([Service] NoteStore store, string? text = null) => store.List(text);

    /// <summary>Finds one.</summary>
    /// <param name="id">Its number.</param>
    [Get("/:id<int>")]
    internal static Results<Ok<Note>, NotFound> Find(int id, [Service] NoteStore store) =>
        store.Find(id) is { } note ? Results.Ok(note) : Results.NotFound();

    /// <summary>Adds one.</summary>
    [Post("/")]
    internal static Created<Note> Add(NewNote note, [Service] NoteStore store)
    {
        Note added = store.Add(note.Text);
        return Results.Created(Routes.Links.Notes.Find(added.Id), added);
    }

    /// <summary>Removes one.</summary>
    /// <param name="id">Its number.</param>
    [Delete("/:id<int>")]
    internal static Results<NoContent, NotFound> Remove(int id, [Service] NoteStore store) =>
        store.Remove(id) ? Results.NoContent() : Results.NotFound();
}
