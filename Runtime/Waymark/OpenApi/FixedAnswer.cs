using System.Globalization;
using System.Text;
using Waymark.Http;

namespace Waymark.OpenApi;

/// <summary>An answer that is known when the server starts: bytes with their entity tag, or a redirect.</summary>
internal sealed class FixedAnswer
{
    private static readonly byte[] Allow = "GET, HEAD, OPTIONS"u8.ToArray();

    private readonly byte[] _path;
    private readonly byte[] _mediaType = [];
    private readonly byte[] _body = [];
    private readonly byte[] _entityTag = [];
    private readonly byte[] _securityPolicy = [];
    private readonly byte[] _location = [];

    /// <summary>Makes an answer with a body.</summary>
    /// <param name="path">The exact path; ASCII.</param>
    /// <param name="mediaType">The value of Content-Type.</param>
    /// <param name="body">What is sent, as it is.</param>
    /// <param name="securityPolicy">The value of Content-Security-Policy; empty for none.</param>
    public FixedAnswer(
        string path, ReadOnlySpan<byte> mediaType, byte[] body, ReadOnlySpan<byte> securityPolicy = default)
    {
        Path = path;
        _path = Encoding.ASCII.GetBytes(path);
        _mediaType = mediaType.ToArray();
        _body = body;
        _entityTag = EntityTagOf(body);
        _securityPolicy = securityPolicy.ToArray();
    }

    /// <summary>Makes a permanent redirect: 308, RFC 9110 section 15.4.9.</summary>
    /// <param name="path">The exact path; ASCII.</param>
    /// <param name="location">The target, which may be relative to the path; ASCII.</param>
    public FixedAnswer(string path, string location)
    {
        Path = path;
        _path = Encoding.ASCII.GetBytes(path);
        _location = Encoding.ASCII.GetBytes(location);
    }

    /// <summary>The exact path.</summary>
    public string Path { get; }

    /// <summary>True where this answers the path.</summary>
    public bool Answers(ReadOnlySpan<byte> path) => path.SequenceEqual(_path);

    /// <summary>Answers GET and HEAD (the writer drops its body), OPTIONS, and every other method with 405.</summary>
    public ValueTask WriteAsync(Exchange exchange)
    {
        Response response = exchange.Response;
        switch (exchange.Request.Method)
        {
            case "GET" or "HEAD" when _location.Length > 0:
                response.StatusCode = 308;
                response.Headers.AddTrusted("Location"u8, _location);
                return ValueTask.CompletedTask;
            case "GET" or "HEAD":
                return WriteBodyAsync(exchange.Request, response);
            case "OPTIONS":
                response.StatusCode = 200;
                response.Headers.AddTrusted("Allow"u8, Allow);
                return ValueTask.CompletedTask;
            default:
                // RFC 9110 section 15.5.6: a 405 must carry Allow.
                response.Headers.AddTrusted("Allow"u8, Allow);
                ProblemWriter.Write(response, 405, "This path answers GET, HEAD, OPTIONS.");
                return ValueTask.CompletedTask;
        }
    }

    private ValueTask WriteBodyAsync(Request request, Response response)
    {
        response.Headers.AddTrusted("ETag"u8, _entityTag);
        response.Headers.AddTrusted("Cache-Control"u8, "no-cache"u8);
        if (EntityTags.IsMatch(request, _entityTag))
        {
            response.StatusCode = 304;
            return ValueTask.CompletedTask;
        }

        response.Headers.AddTrusted("Content-Type"u8, _mediaType);
        response.Headers.AddTrusted("X-Content-Type-Options"u8, "nosniff"u8);
        if (_securityPolicy.Length > 0)
        {
            response.Headers.AddTrusted("Content-Security-Policy"u8, _securityPolicy);
            response.Headers.AddTrusted("Referrer-Policy"u8, "no-referrer"u8);
        }

        response.ContentLength = _body.Length;
        return response.WriteAsync(_body);
    }

    /// <summary>A strong tag: the length and FNV-1a of 64 bits.</summary>
    /// <remarks>
    /// It tells the versions of one program's own bytes apart; nobody gains by a collision, and a cryptographic hash
    /// would bring its library into every native binary.
    /// </remarks>
    private static byte[] EntityTagOf(ReadOnlySpan<byte> body)
    {
        ulong hash = 14695981039346656037;
        foreach (byte octet in body)
            hash = unchecked((hash ^ octet) * 1099511628211);
        return Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"\"{body.Length:x}-{hash:x16}\""));
    }
}
