using Waymark;

namespace Todo;

/// <summary>Files of items, in a folder that ends with the program.</summary>
/// <remarks>A file is called "7-name" once all of it is there, and by no item's number before.</remarks>
internal sealed class FileStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("todo-").FullName;

    /// <summary>The files of an item, by name.</summary>
    public IEnumerable<StoredFile> List(int id) =>
        new DirectoryInfo(_folder).GetFiles($"{id}-*")
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new StoredFile(file.Name[$"{id}-".Length..], file.FullName, file.Length));

    /// <summary>Null where there is no such file, or where the name would lead elsewhere.</summary>
    public StoredFile? Find(int id, string name)
    {
        if (name != Path.GetFileName(name))
            return null;
        var file = new FileInfo(PathTo(id, name));
        return file.Exists ? new StoredFile(name, file.FullName, file.Length) : null;
    }

    /// <summary>
    /// Null where the item has a file of this name, which stays. What fails, or is left by its client, leaves nothing.
    /// </summary>
    public async Task<StoredFile?> SaveAsync(int id, string name, FormFile file)
    {
        string part = Path.Combine(_folder, $"part-{Guid.NewGuid():N}");
        string whole = PathTo(id, name);
        try
        {
            await file.SaveAsAsync(part);
            File.Move(part, whole);
            return Find(id, name);
        }
        catch (IOException) when (File.Exists(whole))
        {
            return null;
        }
        finally
        {
            File.Delete(part);
        }
    }

    public void RemoveAll(int id)
    {
        foreach (StoredFile file in List(id))
            File.Delete(file.Path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathTo(int id, string name) => Path.Combine(_folder, $"{id}-{name}");
}

/// <summary>A file of an item, and where it is.</summary>
internal sealed record StoredFile(string Name, string Path, long Bytes);
