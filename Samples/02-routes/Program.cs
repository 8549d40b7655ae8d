using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer() => new(Routes.Table);
}

[Group("/books")]
internal static class Books
{
    [Get("/")]
    internal static string List() => "all books\n";

    // Two templates that only their constraints tell apart; a path is tried on the narrower one first.
    [Get("/:id<int>")]
    internal static string ById(int id) => $"book number {id}\n";

    [Get("/:isbn<re(97[89]-[0-9]{10})>")]
    internal static string ByIsbn(string isbn) => $"book with ISBN {isbn}\n";

    // A literal is narrower than any capture, wherever it stands in the file.
    [Get("/new")]
    internal static string New() => "a form\n";

    // The last segment may be missing.
    [Get("/:id<int>/pages/:page?")]
    internal static string Page(int id, int page = 1) => $"book {id}, page {page}\n";

    [Put("/:id<int>"), Patch("/:id<int>")]
    internal static string Change(int id) => $"changed, see {Routes.Links.Books.ById(id)}\n";
}

internal static class Files
{
    // A catch-all takes the rest of the path, slashes included.
    [Get("/files/*path")]
    internal static string Read(string path) => $"file {path}\n";

    // Several captures in one segment, with literals between them.
    [Get("/thumbs/:name@:width<range(1,4096)>.png")]
    internal static string Thumb(string name, int width) => $"{name} in {width} pixels\n";
}
