using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer()
    {
        var server = new HttpServer(
            Routes.Table, new ServerOptions { Services = new ServiceSet { TimeProvider.System } });
        server.Use(SecurityHeaders.From());
        server.Use(StaticFiles.From(new StaticFilesOptions
        {
            Root = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            CacheControl = "no-cache",   // Ask each time; the answer is mostly 304.
            CachesHashedNames = true,    // Not for names with a hash: those never change.
            FallbackFile = "index.html", // A page of a single-page application.
        }));
        return server;
    }
}

internal static class Api
{
    [Get("/api/time")]
    internal static string Time([Service] TimeProvider time) => $"{time.GetUtcNow():O}\n";

    // A file that a handler chooses: with ranges and conditions, as a download.
    [Get("/api/report")]
    internal static FileResult Report() => Results.File(
        Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"), "text/html", downloadName: "report.html");
}
