using Waymark;

namespace Todo;

/// <summary>Files of items.</summary>
[Group("/items/:id<int>/files")]
internal static class Attachments
{
    /// <summary>Lists the files of an item, by name.</summary>
    [Get("/")]
    internal static Results<Ok<Attachment[]>, NotFound> List(
        int id, [Service] TodoStore store, [Service] FileStore files)
    {
        if (store.Find(id) is null)
            return Results.NotFound();
        return Results.Ok(files.List(id).Select(file => Describe(id, file)).ToArray());
    }

    /// <summary>Adds a file, of any size: it goes to the disk as it comes.</summary>
    /// <response code="409">The item has a file of this name, which stays as it is.</response>
    [Post("/"), BodyLimit(4L << 30)]
    internal static async Task<Results<Created<Attachment>, NotFound, Conflict>> Add(
        int id, [File] FormFile file, [Service] TodoStore store, [Service] FileStore files)
    {
        if (store.Find(id) is null)
            return Results.NotFound();
        string name = file.SafeFileName;

        // Looked up first, so that nobody sends gigabytes to be told so.
        if (files.Find(id, name) is not null || await files.SaveAsync(id, name, file) is not { } saved)
            return Results.Conflict($"The item has a file '{name}' already; remove that one first.");

        // An item goes before its files do: whoever removed it meanwhile saw this file, or this sees that it is gone.
        if (store.Find(id) is null)
        {
            files.RemoveAll(id);
            return Results.NotFound();
        }

        Attachment added = Describe(id, saved);
        return Results.Created(added.Link, added);
    }

    /// <summary>Sends a file, to be saved and not shown; ranges and conditions are understood.</summary>
    [Get("/:name")]
    internal static Results<FileResult, NotFound> Read(
        int id, string name, [Service] TodoStore store, [Service] FileStore files) =>
        store.Find(id) is not null && files.Find(id, name) is { } file
            ? Results.File(file.Path, downloadName: file.Name)
            : Results.NotFound();

    /// <summary>Removes a file.</summary>
    [Delete("/:name")]
    internal static Results<NoContent, NotFound> Remove(
        int id, string name, [Service] TodoStore store, [Service] FileStore files)
    {
        if (store.Find(id) is null || files.Find(id, name) is not { } file)
            return Results.NotFound();
        File.Delete(file.Path);
        return Results.NoContent();
    }

    private static Attachment Describe(int id, StoredFile file) =>
        new(file.Name, file.Bytes, Routes.Links.Attachments.Read(id, file.Name));
}
