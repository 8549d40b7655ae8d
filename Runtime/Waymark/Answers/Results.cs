namespace Waymark;

/// <summary>Makes typed results: what a handler answers, with the status code in its type.</summary>
/// <remarks>
/// A handler that has one answer returns its type (<c>static Created&lt;User&gt; Add(User user)</c>); one that has
/// several returns a union of them, into which each converts by itself. Nothing is boxed, and generated code writes the
/// case that it finds. All results are immutable values. A <c>location</c> is a path, a URI or a link of
/// <c>Routes.Links</c>, which converts by itself; a CR, LF or other control character in it is refused, and what else
/// no URI may hold (spaces, quotes, letters beyond ASCII) is percent-encoded as UTF-8.
/// </remarks>
/// <example>
/// <code>
/// [Get("/users/:id")]
/// static Results&lt;Ok&lt;User&gt;, NotFound&gt; Find(int id) =>
///     Users.TryFind(id, out User user) ? Results.Ok(user) : Results.NotFound($"There is no user {id}.");
/// </code>
/// </example>
public static class Results
{
    /// <summary>200 with an empty body.</summary>
    public static Ok Ok() => default;

    /// <summary>200 with a value in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static Ok<T> Ok<T>(T value) => new(value);

    /// <summary>201 with an empty body.</summary>
    /// <param name="location">Where the new resource is; what no URI may hold is percent-encoded.</param>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Created Created(string location) => new(location);

    /// <summary>201 with a value in JSON.</summary>
    /// <param name="location">Where the new resource is; what no URI may hold is percent-encoded.</param>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Created<T> Created<T>(string location, T value) => new(location, value);

    /// <summary>202 with an empty body.</summary>
    /// <param name="location">
    /// Where the client can ask how it went; what no URI may hold is percent-encoded. Null for nowhere.
    /// </param>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Accepted Accepted(string? location = null) => new(location);

    /// <summary>202 with a value in JSON.</summary>
    /// <param name="location">
    /// Where the client can ask how it went; what no URI may hold is percent-encoded. Null for nowhere.
    /// </param>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Accepted<T> Accepted<T>(string? location, T value) => new(location, value);

    /// <summary>204.</summary>
    public static NoContent NoContent() => default;

    /// <summary>400 with a problem document.</summary>
    /// <param name="detail">What went wrong this time, for the client; null for nothing more.</param>
    public static BadRequest BadRequest(string? detail = null) => new(detail);

    /// <summary>400 with a value in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static BadRequest<T> BadRequest<T>(T value) => new(value);

    /// <summary>404 with a problem document.</summary>
    /// <param name="detail">What went wrong this time, for the client; null for nothing more.</param>
    public static NotFound NotFound(string? detail = null) => new(detail);

    /// <summary>404 with a value in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static NotFound<T> NotFound<T>(T value) => new(value);

    /// <summary>409 with a problem document.</summary>
    /// <param name="detail">What went wrong this time, for the client; null for nothing more.</param>
    public static Conflict Conflict(string? detail = null) => new(detail);

    /// <summary>409 with a value in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static Conflict<T> Conflict<T>(T value) => new(value);

    /// <summary>422 with a problem document.</summary>
    /// <param name="detail">What went wrong this time, for the client; null for nothing more.</param>
    public static UnprocessableContent UnprocessableContent(string? detail = null) => new(detail);

    /// <summary>422 with a value in JSON.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static UnprocessableContent<T> UnprocessableContent<T>(T value) => new(value);

    /// <summary>302, 301, 307 or 308.</summary>
    /// <param name="location">Where the client goes; what no URI may hold is percent-encoded.</param>
    /// <param name="permanent">True (301, 308) where clients may remember it; false (302, 307) by default.</param>
    /// <param name="preserveMethod">
    /// True (307, 308) where a POST stays a POST; false (302, 301) by default, where most clients make it a GET.
    /// </param>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Redirect Redirect(string location, bool permanent = false, bool preserveMethod = false) =>
        new(location, permanent ? preserveMethod ? 308 : 301 : preserveMethod ? 307 : 302);

    /// <summary>303: the client gets the answer elsewhere with GET, as after a form was posted.</summary>
    /// <param name="location">Where the client goes; what no URI may hold is percent-encoded.</param>
    /// <exception cref="ArgumentException">The location holds a control character.</exception>
    public static Redirect SeeOther(string location) => new(location, 303);

    /// <summary>200 with text in UTF-8.</summary>
    /// <param name="text">The body.</param>
    /// <param name="mediaType">Sent as it stands; null for <c>text/plain; charset=utf-8</c>.</param>
    public static TextResult Text(string text, string? mediaType = null) => new(text, mediaType);

    /// <summary>200 with bytes that are in memory.</summary>
    /// <param name="bytes">The body; not copied.</param>
    /// <param name="mediaType">Sent as it stands; null for <c>application/octet-stream</c>.</param>
    public static BytesResult Bytes(ReadOnlyMemory<byte> bytes, string? mediaType = null) => new(bytes, mediaType);

    /// <summary>A value in JSON with any status.</summary>
    /// <param name="value">The value.</param>
    /// <param name="status">The status code, 200 to 599; 200 by default.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public static JsonResult<T> Json<T>(T value, int status = 200) => new(value, status);

    /// <summary>A problem document: RFC 9457.</summary>
    /// <param name="status">The status code, 400 to 599.</param>
    /// <param name="detail">What went wrong this time, for the client; null for nothing more.</param>
    /// <param name="title">What this kind of problem is called; null for the name of the status.</param>
    /// <param name="type">The URI of this kind of problem; null for that of the status.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public static ProblemResult Problem(
        int status, string? detail = null, string? title = null, string? type = null) =>
        new(status, detail, title, type);

    /// <summary>A problem document with errors, an instance or members of the program's own: RFC 9457.</summary>
    /// <param name="problem">The document; written as it is when the handler has returned.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    public static ProblemResult Problem(ProblemDetails problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem);
    }

    /// <summary>200 with what a stream holds.</summary>
    /// <param name="stream">Copied from its position to its end as the client takes it, then disposed.</param>
    /// <param name="mediaType">Sent as it stands; null for <c>application/octet-stream</c>.</param>
    public static StreamResult Stream(Stream stream, string? mediaType = null) => new(stream, mediaType);

    /// <summary>200 with what a method writes.</summary>
    /// <param name="write">
    /// Writes to the stream, which waits for the client; not called for HEAD. The token is cancelled when the server
    /// gives up on the request. An exception after the first bytes were sent aborts the connection.
    /// </param>
    /// <param name="mediaType">Sent as it stands; null for <c>application/octet-stream</c>.</param>
    public static StreamResult Stream(Func<Stream, CancellationToken, Task> write, string? mediaType = null) =>
        new(write, mediaType);

    /// <summary>A status code and an empty body.</summary>
    /// <param name="code">The status code, 200 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is out of range.</exception>
    public static StatusResult Status(int code) => new(code);

    /// <summary>A file: 200, 206, 304, 404, 412 or 416, as the request's preconditions and ranges ask.</summary>
    /// <param name="path">
    /// A path on this machine. One that is made of what a client sent can lead anywhere: check it. A missing file is
    /// 404.
    /// </param>
    /// <param name="mediaType">Sent as it stands; null for what the name's extension says.</param>
    /// <param name="downloadName">The name under which the client saves it; null where it is shown.</param>
    /// <remarks>More can be said with <c>Results.File(…) with { ETag = …, IsInline = … }</c>.</remarks>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    public static FileResult File(string path, string? mediaType = null, string? downloadName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, default, null, mediaType, downloadName);
    }

    /// <summary>Bytes as a file, with preconditions and ranges.</summary>
    /// <param name="bytes">The content; not copied.</param>
    /// <param name="mediaType">
    /// Sent as it stands; null for what the extension of <paramref name="downloadName"/> says.
    /// </param>
    /// <param name="downloadName">The name under which the client saves it; null where it is shown.</param>
    public static FileResult File(
        ReadOnlyMemory<byte> bytes, string? mediaType = null, string? downloadName = null) =>
        new(null, bytes, null, mediaType, downloadName);

    /// <summary>Bytes as a file, with preconditions and ranges.</summary>
    /// <param name="bytes">The content; not copied.</param>
    /// <param name="mediaType">
    /// Sent as it stands; null for what the extension of <paramref name="downloadName"/> says.
    /// </param>
    /// <param name="downloadName">The name under which the client saves it; null where it is shown.</param>
    public static FileResult File(byte[] bytes, string? mediaType = null, string? downloadName = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return File((ReadOnlyMemory<byte>)bytes, mediaType, downloadName);
    }

    /// <summary>A stream as a file, with preconditions and ranges.</summary>
    /// <param name="stream">It can seek; all of it is the content. It is disposed when the answer is written.</param>
    /// <param name="mediaType">
    /// Sent as it stands; null for what the extension of <paramref name="downloadName"/> says.
    /// </param>
    /// <param name="downloadName">The name under which the client saves it; null where it is shown.</param>
    /// <exception cref="ArgumentException">The stream cannot seek: use <c>Results.Stream</c>.</exception>
    public static FileResult File(Stream stream, string? mediaType = null, string? downloadName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("Ranges need a stream that can seek: use Results.Stream.", nameof(stream));
        return new(null, default, stream, mediaType, downloadName);
    }
}
