using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Answers;

/// <summary>Answers with a file: validators, preconditions, ranges, content (RFC 9110 sections 8.8, 13, 14).</summary>
internal static class FileWriter
{
    private static readonly TimeSpan StrongAge = TimeSpan.FromSeconds(2);

    /// <summary>Answers with what a handler has returned.</summary>
    public static ValueTask WriteAsync(Exchange exchange, FileResult file, TimeProvider time)
    {
        FileContent? content = file.TryOpen();
        if (content is null)
            return Problem.WriteAsync(exchange, 404, null);
        string mediaType = file.MediaType ?? MediaTypes.Of(file.Name);
        bool isTypeKept = file.MediaType is null && exchange.Response.Headers.Contains("Content-Type"u8);
        var facts = new FileFacts(isTypeKept ? null : mediaType, file.ETag, file.LastModified, mediaType)
        {
            Disposition = file.DownloadName is null
                ? null
                : ContentDisposition.Format(file.DownloadName, file.IsInline),
        };
        return WriteAsync(exchange, content, facts, time.GetUtcNow());
    }

    /// <summary>Answers with a file, and closes it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask WriteAsync(
        Exchange exchange, FileContent content, FileFacts facts, DateTimeOffset now)
    {
        await using (content.ConfigureAwait(false))
        {
            Preconditions state = StateOf(facts, content, now);
            if (!TryBegin(exchange, facts, state))
                return;
            List<ByteRange>? ranges = RangesOf(exchange.Request, state, content.Length);
            if (ranges is null)
                await WriteWholeAsync(exchange, content).ConfigureAwait(false);
            else if (ranges.Count == 0)
                RefuseRange(exchange, facts, content.Length);
            else if (ranges.Count == 1)
                await WriteRangeAsync(exchange, content, ranges[0]).ConfigureAwait(false);
            else
                await MultipartRanges.WriteAsync(exchange, content, ranges, facts.RangeMediaType).ConfigureAwait(false);
        }
    }

    private static Preconditions StateOf(in FileFacts facts, FileContent content, DateTimeOffset now)
    {
        string? tag = facts.ETag;
        if (tag is null && content.LastWrite is { } write)
        {
            // A coding makes other bytes of the same file: RFC 9110 section 8.8.3.3.
            string prefix = now - write < StrongAge ? "W/" : "";
            string suffix = facts.Coding is null ? "" : "-" + facts.Coding;
            tag = string.Create(
                CultureInfo.InvariantCulture, $"{prefix}\"{write.UtcTicks:x}-{content.Length:x}{suffix}\"");
        }

        DateTimeOffset? modified = facts.LastModified ?? content.LastWrite;
        // RFC 9110 section 8.8.2.1: a date in the future is not sent.
        if (modified > now)
            modified = now;
        return new Preconditions(tag, modified is { } date ? HttpDate.Truncate(date) : null, now);
    }

    /// <summary>Sets the fields; false where a precondition has answered already.</summary>
    private static bool TryBegin(Exchange exchange, in FileFacts facts, in Preconditions state)
    {
        Response response = exchange.Response;
        PreconditionOutcome outcome = exchange.Request.Verb is Verbs.Get or Verbs.Head
            ? state.Evaluate(exchange.Request.Headers)
            : PreconditionOutcome.Proceed;
        if (outcome == PreconditionOutcome.Failed)
        {
            Problem.Write(exchange, 412, "The file is not what If-Match or If-Unmodified-Since says.");
            return false;
        }

        if (state.ETag is not null)
            SetText(response, "ETag"u8, state.ETag);
        if (state.LastModified is { } modified)
            HttpDate.Set(response, "Last-Modified"u8, modified);
        if (facts.CacheControl is not null)
            SetText(response, "Cache-Control"u8, facts.CacheControl);
        if (outcome == PreconditionOutcome.NotModified)
        {
            // RFC 9110 section 15.4.5: of the fields, only those that the client's copy could be out of date in.
            response.StatusCode = 304;
            return false;
        }

        SetText(response, "Accept-Ranges"u8, "bytes");
        MediaTypeField.Set(response, facts.MediaType);
        if (facts.Disposition is not null)
            SetText(response, "Content-Disposition"u8, facts.Disposition);
        if (facts.Coding is not null)
            SetText(response, "Content-Encoding"u8, facts.Coding);
        return true;
    }

    /// <summary>RFC 9110 section 14.2: a Range field counts with GET only.</summary>
    private static List<ByteRange>? RangesOf(Request request, in Preconditions state, long length) =>
        request.Verb == Verbs.Get && request.Headers.TryGet("Range"u8, out _) && state.IsRangeWanted(request.Headers)
            ? RangeSet.Read(request.Headers, length)
            : null;

    private static ValueTask WriteWholeAsync(Exchange exchange, FileContent content)
    {
        exchange.Response.ContentLength = content.Length;
        return exchange.Request.Verb == Verbs.Head
            ? ValueTask.CompletedTask
            : content.CopyAsync(exchange.Response, new ByteRange(0, content.Length), exchange.RequestAborted);
    }

    private static ValueTask WriteRangeAsync(Exchange exchange, FileContent content, ByteRange range)
    {
        Response response = exchange.Response;
        response.StatusCode = 206;
        SetText(response, "Content-Range"u8, FormatRange(range, content.Length));
        response.ContentLength = range.Length;
        return content.CopyAsync(response, range, exchange.RequestAborted);
    }

    // RFC 9110 section 15.5.17
    private static void RefuseRange(Exchange exchange, in FileFacts facts, long length)
    {
        Response response = exchange.Response;
        response.Headers.Remove("Content-Disposition"u8);
        response.Headers.Remove("Content-Encoding"u8);
        if (facts.CacheControl is not null)
            response.Headers.Remove("Cache-Control"u8);
        SetText(response, "Content-Range"u8, string.Create(CultureInfo.InvariantCulture, $"bytes */{length}"));
        Problem.Write(exchange, 416, string.Create(CultureInfo.InvariantCulture, $"The file has {length} bytes."));
    }

    /// <summary>RFC 9110 section 14.4: <c>bytes 0-499/1234</c>.</summary>
    public static string FormatRange(ByteRange range, long length) => string.Create(
        CultureInfo.InvariantCulture, $"bytes {range.Start}-{range.End - 1}/{length}");

    private static void SetText(Response response, ReadOnlySpan<byte> name, string value) =>
        response.Headers.Set(name, Encoding.ASCII.GetBytes(value));
}
