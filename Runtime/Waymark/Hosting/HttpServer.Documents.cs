using Waymark.OpenApi;

namespace Waymark;

/// <content>What the server tells of its own routes: the OpenAPI document and the documentation page.</content>
public sealed partial class HttpServer
{
    // INVARIANT: under Lock, changed only before the start. Null until something is mapped; what a document needs is
    // reached from here alone, so a program that maps nothing is trimmed of it.
    private MappedDocuments? _documents;
    private Func<RouteTable, Handler, Handler>? _documentsAround;

    /// <summary>Serves the OpenAPI document of the table (<see cref="RouteTable.OpenApi"/>).</summary>
    /// <remarks>
    /// Answered for GET and HEAD as application/json inside of all middleware, with a strong entity tag and
    /// <c>Cache-Control: no-cache</c>, so that a client that has the document gets 304 (RFC 9110 section 13.1.2); other
    /// methods get 405. A path that is mapped comes before routes with captures that would match it as well.
    /// </remarks>
    /// <param name="path">
    /// The exact path: segments of letters, digits and <c>-._~</c>. May be called more than once, with other paths.
    /// </param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not such a path.</exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    /// <seealso cref="StartAsync"/>
    public HttpServer MapOpenApi(string path = "/openapi.json") => 
        MapDocument(path, static (documents, path) => documents.AddDocument(path));

    /// <summary>Serves a documentation page that lists the routes, explains them and can send requests.</summary>
    /// <remarks>
    /// The page needs no network but this server, holds no foreign code, and is served with a strict
    /// Content-Security-Policy; requests go to this origin only. It reads the document of the first <see
    /// cref="MapOpenApi"/>, or else of <c>openapi.json</c> below its own path, which is then served too. The path
    /// without its last slash is redirected (308). Answered as <see cref="MapOpenApi"/> says.
    /// <para>
    /// <see cref="StartAsync"/> and <see cref="NetworkServer.RunAsync"/> throw an <see cref="OptionsException"/> where
    /// the table has no document, a path is a route of the table, or is mapped twice.
    /// </para>
    /// </remarks>
    /// <param name="path">
    /// The path of the page: <c>/</c>, or segments of letters, digits and <c>-._~</c>, with or without a slash at the
    /// end.
    /// </param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not such a path.</exception>
    /// <exception cref="InvalidOperationException">The server has been started.</exception>
    public HttpServer MapDocs(string path = "/docs") => 
        MapDocument(path, static (documents, path) => documents.AddPage(path));

    private HttpServer MapDocument(string path, Action<MappedDocuments, string> add)
    {
        lock (Lock)
        {
            ThrowIfStarted("Documents are mapped");
            _documents ??= new MappedDocuments();
            _documentsAround = _documents.Around;
            add(_documents, path);
            return this;
        }
    }
}
