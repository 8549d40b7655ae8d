using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Parses one field line, of a header section or of a trailer section: RFC 9112 section 5.</summary>
internal static class FieldParser
{
    /// <summary>Parses the line at an offset; on NeedMore the field has a name where its colon was found.</summary>
    // RFC 9112 section 5: field-line = field-name ":" OWS field-value OWS ; field-name = token
    public static ParseResult ParseLine(ReadOnlySpan<byte> input, int start, bool isFirst,
        out HeaderField field, out int next, out RequestRejection rejection)
    {
        field = default;
        next = start;
        rejection = RequestRejection.None;
        ReadOnlySpan<byte> line = input[start..];
        int colon = OctetRuns.CountToken(line);
        if (colon == line.Length)
            return ParseResult.NeedMore;
        if (line[colon] != ':' || colon == 0)
        {
            rejection = WhyNotAName(line, colon, isFirst);
            return ParseResult.Rejected;
        }

        field = new HeaderField(start, colon, 0, 0);
        int value = colon + 1;
        while (value < line.Length && Ascii.IsWhitespace(line[value]))
            value++;
        int end = OctetRuns.IndexOfFieldValueEnd(line[value..]);
        if (end < 0)
            return ParseResult.NeedMore;
        end += value;
        if (line[end] != '\r')
        {
            rejection = line[end] == '\n' ? RequestRejection.BareLineFeed : RequestRejection.InvalidFieldValue;
            return ParseResult.Rejected;
        }

        if (end + 1 >= line.Length)
            return ParseResult.NeedMore;
        if (line[end + 1] != '\n')
        {
            rejection = RequestRejection.BareCarriageReturn;
            return ParseResult.Rejected;
        }

        next = start + end + 2;
        while (end > value && Ascii.IsWhitespace(line[end - 1]))
            end--;
        field = new HeaderField(start, colon, start + value, end - value);
        return ParseResult.Done;
    }

    private static RequestRejection WhyNotAName(ReadOnlySpan<byte> line, int at, bool isFirst) => line[at] switch
    {
        (byte)':' => RequestRejection.EmptyFieldName,
        // RFC 9112 sections 2.2 and 5.2: white space at the start of a line is refused, never joined to the line
        // before.
        (byte)' ' or (byte)'\t' => at > 0 ? RequestRejection.WhitespaceBeforeColon
            : isFirst ? RequestRejection.WhitespaceBeforeField
            : RequestRejection.FieldFolded,
        (byte)'\n' when at == 0 => RequestRejection.BareLineFeed,
        (byte)'\n' or (byte)'\r' => RequestRejection.FieldWithoutColon,
        _ => RequestRejection.InvalidFieldName,
    };
}
