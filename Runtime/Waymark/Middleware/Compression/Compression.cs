using System.IO.Compression;
using Waymark.Middleware;

namespace Waymark;

/// <summary>Compresses answers for clients that take it: RFC 9110 section 8.4.</summary>
/// <remarks>
/// A body that is complete when its handler ends is compressed at once, has a length, and goes out as it was where
/// compression does not make it smaller. Any other is compressed piece by piece: each
/// <see cref="Response.FlushAsync"/> sends all that was written before it, so that server-sent events arrive as they
/// are written. Not compressed are answers that have a Content-Encoding, a Content-Range or a digest of their content,
/// that say <c>no-transform</c> in Cache-Control, and 204, 205, 206 and 304. An answer of a listed type varies by
/// Accept-Encoding, compressed or not. A strong ETag becomes a weak one, since the octets are others.
/// <para>Who can put text of theirs into an answer beside a secret may guess the secret by its length (BREACH): leave
/// such answers out with <c>Cache-Control: no-transform</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// server.Use(Compression.From());
/// </code>
/// </example>
public static class Compression
{
    /// <summary>Makes the middleware.</summary>
    /// <param name="options">What and how; null for the defaults.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>; put it outside of others.</returns>
    /// <exception cref="OptionsException">Values are out of range: all are listed.</exception>
    public static IMiddleware From(CompressionOptions? options = null)
    {
        options ??= new CompressionOptions();
        var problems = new List<string>();
        if (options.Codings is null or { Count: 0 })
            problems.Add("CompressionOptions.Codings is empty; name br, gzip or both.");
        for (int index = 0; index < (options.Codings?.Count ?? 0); index++)
        {
            string coding = options.Codings![index];
            if (coding is not ("br" or "gzip"))
                problems.Add($"CompressionOptions.Codings holds '{coding}'; a coding is br or gzip.");
            for (int other = 0; other < index; other++)
            {
                if (options.Codings[other] == coding)
                    problems.Add($"CompressionOptions.Codings holds '{coding}' twice.");
            }
        }

        if (options.Level
            is not (CompressionLevel.Fastest or CompressionLevel.Optimal or CompressionLevel.SmallestSize))
        {
            problems.Add($"CompressionOptions.Level is {options.Level}; it must be Fastest, Optimal or SmallestSize.");
        }

        if (options.BytesMin < 0)
            problems.Add($"CompressionOptions.BytesMin is {options.BytesMin}; it must be 0 at least.");
        var types = new ContentTypeSet(options.ContentTypes, "CompressionOptions.ContentTypes", problems);
        return problems.Count == 0 ? new CompressionMiddleware(options, types) : throw new OptionsException(problems);
    }
}
