using Waymark;

namespace Todo;

/// <summary>Files of items.</summary>
[Group("/items/:id<int>/files")]
internal static class Attachments
{
    /// <summary>Adds a file, of any size: it goes to the disk as it comes.</summary>
    [Post("/"), BodyLimit(4L << 30)]
    internal static async Task<Results<Created<Attachment>, NotFound>> Add(
        int id, [File] FormFile file, [Service] TodoStore store, [Service] FileStore files)
    {
        if (store.Find(id) is null)
            return Results.NotFound();
        string name = file.SafeFileName;
        long bytes = await files.SaveAsync(id, name, file);
        string link = Routes.Links.Attachments.Read(id, name);
        return Results.Created(link, new Attachment(name, bytes, link));
    }

    /// <summary>Sends a file; ranges and conditions are understood.</summary>
    [Get("/:name")]
    internal static Results<FileResult, NotFound> Read(int id, string name, [Service] FileStore files) =>
        files.PathOf(id, name) is { } path ? Results.File(path) : Results.NotFound();
}
