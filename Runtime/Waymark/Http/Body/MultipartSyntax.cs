using System.Text;
using System.Text.Unicode;
using Waymark.Http.Parsing;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Http.Body;

/// <summary>
/// The grammar of multipart bodies that needs no state: RFC 2046 section 5.1.1, RFC 7578 section 4.2.
/// </summary>
internal static class MultipartSyntax
{
    private const int BoundaryBytesMax = 70;

    /// <summary>Reads the boundary of a Content-Type.</summary>
    /// <param name="contentType">The whole field value.</param>
    /// <param name="delimiter">CR LF, two hyphens and the boundary.</param>
    // RFC 2046 section 5.1.1: boundary := 0*69<bchars> bcharsnospace
    public static bool TryReadBoundary(ReadOnlySpan<byte> contentType, out byte[] delimiter)
    {
        delimiter = [];
        Span<byte> boundary = stackalloc byte[BoundaryBytesMax];
        if (MediaTypes.FindParameter(contentType, "boundary"u8, boundary, out int length) != ParameterResult.Found)
            return false;
        boundary = boundary[..length];
        if (length == 0 || boundary[^1] == (byte)' ' || boundary.ContainsAnyExcept(Ascii.Boundary))
            return false;
        delimiter = [.. "\r\n--"u8, .. boundary];
        return true;
    }

    /// <summary>Finds where the data of a part ends.</summary>
    /// <remarks>
    /// A delimiter begins with the only CR it holds. So what may be the beginning of one at the end of the input starts
    /// at the input's last CR, and everything before that is data: one vectorised search each way.
    /// </remarks>
    /// <param name="input">What has come.</param>
    /// <param name="delimiter">CR LF, two hyphens and the boundary.</param>
    /// <param name="isFound">True where the delimiter stands at the returned offset.</param>
    /// <returns>The number of bytes at the front that are data for sure.</returns>
    public static int FindDelimiter(ReadOnlySpan<byte> input, ReadOnlySpan<byte> delimiter, out bool isFound)
    {
        int found = input.IndexOf(delimiter);
        isFound = found >= 0;
        if (isFound)
            return found;
        int tail = Math.Max(0, input.Length - delimiter.Length + 1);
        int last = input[tail..].LastIndexOf((byte)'\r');
        return last >= 0 && delimiter.StartsWith(input[(tail + last)..]) ? tail + last : input.Length;
    }

    /// <summary>Reads <c>Content-Disposition: form-data; name="…"; filename="…"</c>.</summary>
    /// <remarks>
    /// <c>filename*</c> is not looked at: RFC 7578 section 4.2 forbids it, and two names of one file are one too many.
    /// A name twice is refused: two readers could take different ones.
    /// </remarks>
    public static bool TryReadDisposition(ReadOnlySpan<byte> value, out string? name, out string? fileName)
    {
        name = fileName = null;
        if (!MediaTypes.Is(value, "form-data"u8))
            return false;
        int start = value.IndexOf((byte)';');
        var parameters = new ParameterReader(start < 0 ? default : value[start..]);
        while (parameters.MoveNext())
        {
            bool isName = Ascii.EqualsIgnoreCase(parameters.Name, "name"u8);
            if (!isName && !Ascii.EqualsIgnoreCase(parameters.Name, "filename"u8))
                continue;
            if ((isName ? name : fileName) is not null || !Utf8.IsValid(parameters.RawValue))
                return false;
            byte[] text = new byte[parameters.RawValue.Length];
            string read = Encoding.UTF8.GetString(text, 0, ParameterReader.Unquote(parameters.RawValue, text));
            if (isName)
                name = read;
            else
                fileName = read;
        }

        return name is not null && !parameters.IsMalformed;
    }
}
