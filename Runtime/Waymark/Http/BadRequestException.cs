using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>
/// A request body cannot be read: it is malformed, too large, too slow, incomplete or of a wrong type.
/// </summary>
/// <remarks>
/// Thrown by the reads of <see cref="Http.Body.RequestBody"/>. A handler lets it pass: the client gets the status where
/// no answer has started, else the connection is aborted.
/// </remarks>
public sealed class BadRequestException : IOException
{
    internal BadRequestException(RequestRejection rejection)
        : base(Refusals.DetailOf(rejection))
    {
        Rejection = rejection;
        StatusCode = Refusals.StatusOf(rejection);
    }

    /// <summary>The status that the client gets: 400, 408, 413, 415 or 431.</summary>
    public int StatusCode { get; }

    internal RequestRejection Rejection { get; }

    /// <summary>True where only the content is wrong, so that the body's end is known all the same.</summary>
    internal bool IsAboutContent => Rejection >= RequestRejection.UnsupportedCharset && StatusCode != 413;
}
