using System.Collections.Frozen;
using System.Text;
using Waymark.Answers;
using Waymark.Http;

namespace Waymark.Middleware;

/// <summary>Answers with a file of a folder: its type, how long it may be kept, and in which coding.</summary>
internal sealed class StaticFileWriter(StaticFilesOptions options, ServedFolder folder, TimeProvider time)
{
    /// <summary>How much longer a path becomes while the neighbours of its file are looked for.</summary>
    public const int EndingBytesMax = 3;

    private const string Immutable = "public, max-age=31536000, immutable";

    private readonly FrozenDictionary<string, string> _types =
        options.MediaTypes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers with a file, and closes it.</summary>
    /// <param name="exchange">Its answer has not started.</param>
    /// <param name="content">The file.</param>
    /// <param name="path">Its path in the folder, with room behind it.</param>
    /// <param name="length">How many bytes of the path count.</param>
    public ValueTask WriteAsync(Exchange exchange, FileContent content, Span<byte> path, int length)
    {
        string name = Encoding.UTF8.GetString(path[..length]);
        string mediaType = _types.TryGetValue(Path.GetExtension(name), out string? own) ? own : MediaTypes.Of(name);
        string? coding = options.ServesPrecompressed ? Choose(exchange, ref content, path, length) : null;
        var facts = new FileFacts(mediaType, null, null, mediaType)
        {
            Coding = coding,
            CacheControl = options.CachesHashedNames && HashedName.IsIn(name) ? Immutable : options.CacheControl,
        };
        return FileWriter.WriteAsync(exchange, content, facts, time.GetUtcNow());
    }

    /// <summary>Puts a neighbour that is compressed in the place of a file where the client takes it.</summary>
    /// <returns>Its coding; null where the file stays.</returns>
    private string? Choose(Exchange exchange, ref FileContent content, Span<byte> path, int length)
    {
        FolderEntry brotli = default;
        FolderEntry gzip;
        try
        {
            brotli = OpenNeighbour(path, length, ".br"u8);
            gzip = OpenNeighbour(path, length, ".gz"u8);
        }
        catch
        {
            brotli.Dispose();
            content.Close();
            throw;
        }

        if (brotli.File is null && gzip.File is null)
            return null;

        // RFC 9110 section 12.5.5: also where the file itself is sent, since another client gets something else.
        VaryField.Add(exchange.Response.Headers, "Accept-Encoding"u8);
        RequestHeaders headers = exchange.Request.Headers;
        int brotliWeight = brotli.File is null ? 0 : CodingField.WeightOf(headers, "br"u8);
        int gzipWeight = gzip.File is null ? 0 : CodingField.WeightOf(headers, "gzip"u8);
        bool isBrotli = brotliWeight > 0 && brotliWeight >= gzipWeight;
        bool isGzip = !isBrotli && gzipWeight > 0;
        FileContent chosen = isBrotli ? brotli.File! : isGzip ? gzip.File! : content;
        foreach (FileContent? other in (ReadOnlySpan<FileContent?>)[content, brotli.File, gzip.File])
        {
            if (other != chosen)
                other?.Close();
        }

        content = chosen;
        return isBrotli ? "br" : isGzip ? "gzip" : null;
    }

    private FolderEntry OpenNeighbour(Span<byte> path, int length, ReadOnlySpan<byte> ending)
    {
        ending.CopyTo(path[length..]);
        FolderEntry entry = folder.Open(path, length + ending.Length);
        if (entry.File is not null)
            return entry;
        entry.Dispose();
        return default;
    }
}
