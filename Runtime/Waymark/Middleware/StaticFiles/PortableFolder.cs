using System.Text;
using Waymark.Answers;

namespace Waymark.Middleware;

/// <summary>A folder on systems that cannot keep an opening beneath a root: no link in it is followed.</summary>
/// <remarks>
/// Each part of the path is looked at before the file is opened. Who may write into the folder can put a link there
/// between the two, and so lead out; nobody else can. A file without bytes is answered without being opened: a FIFO,
/// which would block the thread, and a device have none either.
/// </remarks>
internal sealed class PortableFolder(string root) : ServedFolder
{
    public override FolderEntry Open(Span<byte> path, int length)
    {
        string full = root;
        try
        {
            foreach (string name in Encoding.UTF8.GetString(path[..length]).Split('/'))
            {
                full = Path.Join(full, name);
                if (name.Length > 0 && new FileInfo(full).LinkTarget is not null)
                    return default;
            }

            if (Directory.Exists(full))
                return new FolderEntry(full, null);
            var file = new FileInfo(full);
            if (!file.Exists)
                return default;
            FileContent? content = file.Length == 0
                ? FileContent.OfNothing(file.LastWriteTimeUtc)
                : FileContent.TryOpen(full);
            return content is null ? default : new FolderEntry(content);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or PathTooLongException or FileNotFoundException
            or DirectoryNotFoundException)
        {
            // Not for us, or gone meanwhile.
            return default;
        }
    }
}
