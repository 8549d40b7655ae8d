namespace Waymark.Wire.Routes;

/// <summary>Routes that answer with files; the test says which.</summary>
public static class FileRoutes
{
    /// <summary>What the route returns; a test puts its own here.</summary>
    public static AsyncLocal<Func<FileResult>> Make { get; } = new();

    [Get("/file")]
    internal static FileResult File() => Make.Value!();

    [Post("/file")]
    internal static FileResult PostFile() => Make.Value!();
}
