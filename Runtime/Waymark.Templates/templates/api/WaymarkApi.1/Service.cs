using Waymark;

namespace WaymarkApi._1;

/// <summary>The service as it runs and as it is tested.</summary>
internal static class Service
{
    /// <summary>Makes a server that listens nowhere yet.</summary>
    public static HttpServer Create(NoteStore store)
    {
        var server = new HttpServer(Routes.Table, new ServerOptions { Services = new ServiceSet { store } });
        server.MapOpenApi("/openapi.json").MapDocs("/docs");
        return server;
    }
}
