using Waymark;

namespace Todo;

/// <summary>Files of items, in a folder that ends with the program.</summary>
internal sealed class FileStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("todo-").FullName;

    public async Task<long> SaveAsync(int id, string name, FormFile file)
    {
        string path = Path.Combine(_folder, $"{id}-{name}");
        await using FileStream target = File.Create(path);
        await file.CopyToAsync(target);
        return target.Length;
    }

    /// <summary>Null where there is no such file, or where the name would lead elsewhere.</summary>
    public string? PathOf(int id, string name)
    {
        if (name != Path.GetFileName(name))
            return null;
        string path = Path.Combine(_folder, $"{id}-{name}");
        return File.Exists(path) ? path : null;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
