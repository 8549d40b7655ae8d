/// <summary>A file that is being received: beside its place, and put there only when all of it has come.</summary>
internal sealed class Upload : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _partial;

    /// <exception cref="IOException">It cannot be written, or a folder is in its place.</exception>
    public Upload(string target)
    {
        if (Directory.Exists(target))
            throw new IOException($"{target} is a folder.");
        _target = target;
        _partial = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.part");
        Stream = new FileStream(_partial, FileMode.CreateNew);
    }

    public Stream Stream { get; }

    /// <summary>Puts it in its place, over any file that is there.</summary>
    public async ValueTask CommitAsync()
    {
        await Stream.DisposeAsync();
        File.Move(_partial, _target, overwrite: true);
    }

    /// <summary>Takes away what was not put in its place. More than once is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        File.Delete(_partial);
    }
}
