using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer() => new(Routes.Table);
}

[Group("/notes")]
internal static class Notes
{
    private static readonly ConcurrentDictionary<int, Note> Known = new();
    private static int _last;

    [Get("/")]
    internal static Note[] List() => [.. Known.Values.OrderBy(note => note.Id)];

    // Null is 404.
    [Get("/:id")]
    internal static Note? Find(int id) => Known.GetValueOrDefault(id);

    // 201 with Location, whose link cannot be misspelt.
    [Post("/")]
    internal static Created<Note> Add(NewNote note)
    {
        int id = Interlocked.Increment(ref _last);
        Known[id] = new Note(id, note.Text, note.Mood);
        return Results.Created(Routes.Links.Notes.Find(id), Known[id]);
    }

    // One of several answers: the compiler, the OpenAPI document and the reader know which.
    [Put("/:id")]
    internal static Results<Ok<Note>, NotFound, Conflict> Change(int id, NewNote note)
    {
        if (!Known.TryGetValue(id, out Note? before))
            return Results.NotFound();
        var after = new Note(id, note.Text, note.Mood);
        return Known.TryUpdate(id, after, before)
            ? Results.Ok(after)
            : Results.Conflict("Somebody else has changed it meanwhile.");
    }

    // Nothing is 204.
    [Delete("/:id")]
    internal static void Remove(int id) => Known.TryRemove(id, out _);
}

internal enum Mood { Calm, Merry }

internal sealed record NewNote(string Text, Mood Mood = Mood.Calm);

internal sealed record Note(int Id, string Text, Mood Mood);

// No reflection: the compiler writes what reads and writes these types.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Note[]))]
[JsonSerializable(typeof(NewNote))]
internal sealed partial class NotesJson : JsonSerializerContext;
