namespace Waymark.Site;

/// <summary>Which files of the repository are pages, and where each stands in the site.</summary>
internal static class Sources
{
    // Pages beside docs/: what a reader of the documentation is sent to.
    private static readonly string[] TopLevel = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

    /// <summary>The folder with Toolkit.sln, from there upwards.</summary>
    public static string FindRoot(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Toolkit.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Toolkit.sln above {start}.");
    }

    /// <summary>The sources of all pages, from the root and with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Find(string root) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("docs/Site/", StringComparison.Ordinal))
            .Concat(TopLevel.Where(file => File.Exists(Path.Combine(root, file))))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The place of a page in the site: docs/guide/tls.md is guide/tls.html, a README the index of its folder.
    /// </summary>
    public static string TargetOf(string source)
    {
        string path = source.StartsWith("docs/", StringComparison.Ordinal) ? source["docs/".Length..] : source;
        string folder = path[..(path.LastIndexOf('/') + 1)];
        string name = Path.GetFileNameWithoutExtension(path);
        return folder + (name == "README" ? "index" : name) + ".html";
    }
}
