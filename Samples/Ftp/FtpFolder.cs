/// <summary>
/// The one folder that is served, by paths that begin with a slash. Nothing outside of it is reached.
/// </summary>
/// <remarks>
/// By construction: a path is cut into names before it is looked up, ".." takes the name before it away and stops at
/// the top, and a name that is a link is not there. FTP cannot make links, so whoever could put one there between the
/// look and the use has access to the folder by other means.
/// </remarks>
internal sealed class FtpFolder
{
    private readonly string _root;

    /// <param name="root">The folder; may itself be reached by links.</param>
    public FtpFolder(string root)
    {
        _root = Path.GetFullPath(root);
        if (!Directory.Exists(_root))
            throw new DirectoryNotFoundException($"There is no folder {_root} to serve.");
    }

    /// <summary>What a path means for a client that is in some folder.</summary>
    public static string Resolve(string current, string path)
    {
        var names = new List<string>();
        foreach (string name in (path.StartsWith('/') ? path : $"{current}/{path}").Split('/'))
        {
            if (name is "" or ".")
                continue;
            if (name != "..")
                names.Add(name);
            else if (names.Count > 0)
                names.RemoveAt(names.Count - 1);
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>Where a path is on the disk.</summary>
    /// <param name="path">As <see cref="Resolve"/> returns it.</param>
    /// <exception cref="FileNotFoundException">A name on the way is a link or holds what no name can.</exception>
    public string Locate(string path)
    {
        string located = _root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            // A backslash parts names on some systems, a colon names streams there.
            if (name is "." or ".." || name.AsSpan().IndexOfAny('\0', '\\', ':') >= 0)
                throw new FileNotFoundException();
            located = Path.Combine(located, name);
            if (IsLink(located))
                throw new FileNotFoundException();
        }

        return located;
    }

    /// <summary>The files and folders of a folder, by name, without links.</summary>
    public static IEnumerable<FileSystemInfo> List(string located) =>
        new DirectoryInfo(located).EnumerateFileSystemInfos()
            .Where(entry => entry.LinkTarget is null && !entry.Name.Any(char.IsControl))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static bool IsLink(string located) => new FileInfo(located).LinkTarget is not null;
}
