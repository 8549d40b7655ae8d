using Microsoft.Win32.SafeHandles;
using Waymark.Answers;

namespace Waymark.Middleware;

/// <summary>A folder that opens what is in it, and nothing else.</summary>
internal abstract class ServedFolder
{
    /// <summary>Room that <see cref="Open"/> needs behind a path.</summary>
    public const int EndBytes = 1;

    /// <summary>The best that this system has.</summary>
    /// <param name="root">An absolute path.</param>
    public static ServedFolder Of(string root) =>
        LinuxFolder.IsSupported ? new LinuxFolder(root) : new PortableFolder(root);

    /// <summary>Opens a file or a folder below the root.</summary>
    /// <param name="path">
    /// As <see cref="FilePath"/> makes them, in UTF-8; empty for the root. <see cref="EndBytes"/> behind it are
    /// written.
    /// </param>
    /// <param name="length">How many bytes of it count.</param>
    /// <returns>Nothing where it is neither, leads out, or may not be read.</returns>
    /// <exception cref="IOException">The system has no descriptor or memory left.</exception>
    public abstract FolderEntry Open(Span<byte> path, int length);
}

/// <summary>What a path of a folder leads to: at most one of the two.</summary>
internal readonly struct FolderEntry : IDisposable
{
    private readonly SafeFileHandle? _folder;

    public FolderEntry(FileContent file) => File = file;

    public FolderEntry(string folderPath, SafeFileHandle? folder)
    {
        FolderPath = folderPath;
        _folder = folder;
    }

    /// <summary>A regular file, open.</summary>
    public FileContent? File { get; }

    /// <summary>Under which path a folder can be listed until this is disposed.</summary>
    public string? FolderPath { get; }

    public void Dispose()
    {
        _folder?.Dispose();
        File?.Close();
    }
}
