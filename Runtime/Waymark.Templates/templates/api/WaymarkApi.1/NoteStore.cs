using System.Collections.Concurrent;

namespace WaymarkApi._1;

/// <summary>Notes in memory, for any number of requests at once.</summary>
internal sealed class NoteStore
{
    private readonly ConcurrentDictionary<int, Note> _notes = new();
    private int _lastId;

    public Note[] List(string? text) =>
    [
        .. _notes.Values
            .Where(note => text is null || note.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(note => note.Id),
    ];

    public Note? Find(int id) => _notes.GetValueOrDefault(id);

    public Note Add(string text)
    {
        var note = new Note(Interlocked.Increment(ref _lastId), text);
        _notes[note.Id] = note;
        return note;
    }

    public bool Remove(int id) => _notes.TryRemove(id, out _);
}
