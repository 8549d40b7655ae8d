using System.Text;

namespace Waymark.Answers;

/// <summary>Several ranges in one answer: RFC 9110 section 14.6, <c>multipart/byteranges</c>.</summary>
internal static class MultipartRanges
{
    public static async ValueTask WriteAsync(
        Exchange exchange, FileContent content, List<ByteRange> ranges, string mediaType)
    {
        // Nobody who wrote the content could foresee it, so it stands in no part.
        string boundary = Guid.NewGuid().ToString("N");
        byte[] end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        var heads = new byte[ranges.Count][];
        long length = end.Length;
        for (int index = 0; index < heads.Length; index++)
        {
            heads[index] = HeadOf(boundary, mediaType, ranges[index], content.Length, isFirst: index == 0);
            length += heads[index].Length + ranges[index].Length;
        }

        Response response = exchange.Response;
        response.StatusCode = 206;
        MediaTypeField.Set(response, "multipart/byteranges; boundary=" + boundary);
        response.ContentLength = length;
        for (int index = 0; index < heads.Length; index++)
        {
            await response.WriteAsync(heads[index]).ConfigureAwait(false);
            long before = response.BodyBytes;
            await content.CopyAsync(response, ranges[index], exchange.RequestAborted).ConfigureAwait(false);
            // Of a file that has become shorter no further part may follow: it would stand in the place of this one.
            if (response.BodyBytes - before < ranges[index].Length)
                return;
        }

        await response.WriteAsync(end).ConfigureAwait(false);
    }

    private static byte[] HeadOf(string boundary, string mediaType, ByteRange range, long length, bool isFirst) =>
        Encoding.ASCII.GetBytes(
            $"{(isFirst ? "" : "\r\n")}--{boundary}\r\nContent-Type: {mediaType}\r\n"
            + $"Content-Range: {FileWriter.FormatRange(range, length)}\r\n\r\n");
}
