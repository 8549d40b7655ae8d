using Waymark.Middleware;

namespace Waymark;

/// <summary>Answers GET and HEAD with the files of a folder.</summary>
/// <remarks>
/// <code>
/// GET /assets/css/a.css --(no method of it, not below the prefix, no such file)--> next
///                       --(a folder: its index file; without the last slash 308)
///                       --(a file: 200, 206, 304, 412, 416)
/// </code>
/// What a path may not say (<c>..</c>, <c>%2F</c>, a backslash, a dot in front), what leads out of the folder and what
/// is no regular file is no file here: it goes on to the next handler, and is 404 where no route takes it. Another
/// method goes on too; where nobody answers it and the file is there, it is 405 (OPTIONS: 200) with <c>Allow</c>.
/// Content is sent as it is read, in pieces, whatever its size. Immutable and safe for use by any number of threads.
/// </remarks>
/// <example>
/// <code>
/// server.Use(StaticFiles.From(new StaticFilesOptions { Root = "www", Prefix = "/assets" }));
/// </code>
/// </example>
public static class StaticFiles
{
    /// <summary>Serves a folder at <c>/</c>, with the defaults.</summary>
    /// <param name="root">As <see cref="StaticFilesOptions.Root"/>.</param>
    /// <returns>The middleware, for <see cref="HttpServer"/>'s <c>Use</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> is null.</exception>
    /// <exception cref="OptionsException">The folder is not there.</exception>
    public static IMiddleware From(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return From(new StaticFilesOptions { Root = root });
    }

    /// <summary>Serves a folder.</summary>
    /// <param name="options">Which, and how.</param>
    /// <returns>The middleware, for <see cref="HttpServer"/>'s <c>Use</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware From(StaticFilesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        options.Validate(problems);
        return problems.Count > 0
            ? throw new OptionsException(problems)
            : new StaticFilesMiddleware(options, ServedFolder.Of(Path.GetFullPath(options.Root)));
    }
}
