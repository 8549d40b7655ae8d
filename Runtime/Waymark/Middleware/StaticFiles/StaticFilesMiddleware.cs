namespace Waymark.Middleware;

/// <summary>A folder to be served; what is decided by the options is decided here.</summary>
internal sealed class StaticFilesMiddleware(StaticFilesOptions options, ServedFolder folder) : IMiddleware
{
    public Handler Wrap(Handler next, ServerContext server)
    {
        var writer = new StaticFileWriter(options, folder, server.TimeProvider);
        return new StaticFilesHandler(options, folder, writer, next).HandleAsync;
    }
}
