using Waymark.Middleware;

namespace Waymark;

/// <summary>Which folder is served, and how.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record StaticFilesOptions
{
    private const int PathLengthMax = 200;
    private const int ValueLengthMax = 500;

    /// <summary>
    /// The folder, absolute or from the current directory; it has to be there when the server starts. No default.
    /// </summary>
    /// <remarks>
    /// It may be a symbolic link, which is followed anew for each request: a release is switched by replacing it.
    /// </remarks>
    public string Root { get; init; } = "";

    /// <summary>
    /// The path below which the files stand: <c>/</c>, or as <c>/assets</c>, up to 200 letters, digits, <c>-._~</c> and
    /// slashes, without one at the end. Default <c>/</c>.
    /// </summary>
    public string Prefix { get; init; } = "/";

    /// <summary>
    /// The files that stand for their folder, the first that is there. Default <c>index.html</c>; empty for none.
    /// </summary>
    /// <remarks>
    /// The path of such a folder without its last slash is redirected (308), so that relative links work.
    /// </remarks>
    public IReadOnlyList<string> IndexFiles { get; init; } = ["index.html"];

    /// <summary>
    /// The file of a single-page app, from the root, as <c>index.html</c>: GET and HEAD get it with 200 where neither
    /// a file nor a route is there, the last segment of the path has no dot, and the client takes <c>text/html</c>.
    /// Default null: there is none.
    /// </summary>
    public string? FallbackFile { get; init; }

    /// <summary>True to serve names that begin with a dot, and what is in such folders. Default false.</summary>
    public bool ServesDotFiles { get; init; }

    /// <summary>
    /// True to send <c>a.js.br</c> or <c>a.js.gz</c> in the place of <c>a.js</c> where it is there and Accept-Encoding
    /// takes it; both have to be made anew with the file. Default true.
    /// </summary>
    public bool ServesPrecompressed { get; init; } = true;

    /// <summary>
    /// True to answer the path of a folder without an index file with a page of what is in it. Default false: it is
    /// nobody's business.
    /// </summary>
    public bool ListsFolders { get; init; }

    /// <summary>
    /// Cache-Control of every file, 1 to 500 visible ASCII characters and spaces, as <c>public, max-age=3600</c>.
    /// Default null: there is none, and clients guess.
    /// </summary>
    public string? CacheControl { get; init; }

    /// <summary>
    /// True to send files whose name holds a hash (<c>app.3fa9c21b.js</c>, <c>app-3fa9c21b.js</c>) with
    /// <c>Cache-Control: public, max-age=31536000, immutable</c>. Default false.
    /// </summary>
    /// <remarks>
    /// A hash is what stands between the last <c>-</c> or <c>.</c> and the extension, 8 to 64 letters, digits and
    /// underscores, of which one at least is a letter and one a digit.
    /// </remarks>
    public bool CachesHashedNames { get; init; }

    /// <summary>
    /// Media types by extension (<c>.glb</c>, with its dot; case does not count) that go before those known here.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> MediaTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>Adds a sentence for each value that is out of its range.</summary>
    internal void Validate(List<string> problems)
    {
        if (string.IsNullOrEmpty(Root) || !Directory.Exists(Root))
            problems.Add($"StaticFilesOptions.Root is '{Root}'; it must be a folder that is there.");
        if (!IsPrefix(Prefix))
        {
            problems.Add(
                $"StaticFilesOptions.Prefix is '{Prefix}'; it must be '/', or like '/assets', of at most "
                + $"{PathLengthMax} letters, digits, '-._~' and slashes, without a slash at the end, and without an "
                + "empty segment, '.' or '..'.");
        }

        if (IndexFiles is null)
            problems.Add("StaticFilesOptions.IndexFiles is null; leave it out, or give [] for none.");
        foreach (string name in IndexFiles ?? [])
        {
            if (!FilePath.IsPlain(name) || name.Contains('/', StringComparison.Ordinal))
                problems.Add($"StaticFilesOptions.IndexFiles has '{name}'; it must be the name of a file.");
        }

        if (FallbackFile is not null && !FilePath.IsPlain(FallbackFile))
        {
            problems.Add(
                $"StaticFilesOptions.FallbackFile is '{FallbackFile}'; it must be like 'index.html' "
                + "or 'a/index.html'.");
        }

        if (CacheControl is { Length: 0 or > ValueLengthMax }
            || CacheControl.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            problems.Add(
                $"StaticFilesOptions.CacheControl must be 1 to {ValueLengthMax} visible ASCII characters, or null.");
        }

        ValidateTypes(problems);
    }

    private void ValidateTypes(List<string> problems)
    {
        if (MediaTypes is null)
        {
            problems.Add("StaticFilesOptions.MediaTypes is null; leave it out for none.");
            return;
        }

        foreach ((string extension, string type) in MediaTypes)
        {
            if (extension.Length < 2 || extension[0] != '.' || extension.AsSpan(1).ContainsAny("./\\"))
                problems.Add($"StaticFilesOptions.MediaTypes has '{extension}'; it must be an extension like '.glb'.");
            if (string.IsNullOrEmpty(type) || type.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                problems.Add(
                    $"StaticFilesOptions.MediaTypes has '{type}' for '{extension}'; it must be like 'text/plain'.");
            }
        }
    }

    private static bool IsPrefix(string? prefix)
    {
        if (prefix == "/")
            return true;
        if (prefix is null or { Length: 0 or > PathLengthMax } || prefix[0] != '/')
            return false;
        foreach (string segment in prefix[1..].Split('/'))
        {
            if (segment is "" or "." or "..")
                return false;
            foreach (char character in segment)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '_' or '~'))
                    return false;
            }
        }

        return true;
    }
}
