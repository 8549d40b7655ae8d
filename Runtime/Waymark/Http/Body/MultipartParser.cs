using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <summary>What the parser of a multipart body found at the front of its input.</summary>
internal enum MultipartStep
{
    /// <summary>Nothing that can be decided yet.</summary>
    NeedMore,

    /// <summary>Bytes to be dropped, or none: another call follows.</summary>
    Skip,

    /// <summary>The whole header section of a part, its empty line included.</summary>
    PartStarts,

    /// <summary>Data of the part.</summary>
    Data,

    /// <summary>The delimiter behind a part.</summary>
    PartEnds,

    /// <summary>The body is malformed.</summary>
    Rejected,
}

/// <summary>Reads the framing of a multipart body: RFC 2046 section 5.1.1, strictly.</summary>
/// <remarks>
/// <code>
///   --> Start --> Preamble --+            +--------------------+
///         |                  v            v                    |
///         +--------------> Line --> Headers --> DataStart --> Data
///                           |                       |          ^
///                         ("--")                    +----------+
///                           v
///                       CloseLine --> Epilogue
/// </code>
/// A function over what lies in front of it: it keeps no bytes, and what it says to be used up is dropped by its caller
/// before the next call. Lines end with CR LF only. A line that goes on behind the boundary is neither a delimiter nor
/// allowed in a part ("must not appear"), so it is refused: no two readers can see different parts.
/// </remarks>
internal struct MultipartParser(byte[] delimiter)
{
    public const int PartCountMax = 1024;
    public const int HeaderBytesMax = 8 * 1024;
    public const int HeaderCountMax = 32;
    public const int FillBytesMax = 8 * 1024;
    private const int PaddingBytesMax = 256;

    private State _state;
    private int _fillBytes;
    private int _paddingBytes;
    private int _partCount;
    private int _lineOffset;

    private enum State
    {
        Start,
        Preamble,
        Line,
        Headers,
        DataStart,
        Data,
        CloseLine,
        Epilogue,
        Rejected,
    }

    /// <summary>The fields of the part that starts; offsets from the front of its header section.</summary>
    public HeaderField[] Fields { get; } = new HeaderField[HeaderCountMax];

    public int FieldCount { get; private set; }

    /// <summary>Why the body is refused; only after <see cref="MultipartStep.Rejected"/>.</summary>
    public RequestRejection Rejection { get; private set; }

    private readonly ReadOnlySpan<byte> DashBoundary => delimiter.AsSpan(2);

    /// <summary>Decides what stands at the front of the input.</summary>
    /// <param name="input">Everything that was not used up, however little.</param>
    /// <param name="count">How many bytes the step is about; 0 with NeedMore and Rejected.</param>
    public MultipartStep Advance(ReadOnlySpan<byte> input, out int count)
    {
        count = 0;
        return _state switch
        {
            State.Start => ReadStart(input, out count, State.Preamble, MultipartStep.Skip),
            State.Preamble => ReadPreamble(input, out count),
            State.Line => ReadLine(input, out count),
            State.Headers => ReadHeaders(input, out count),
            State.DataStart => ReadStart(input, out count, State.Data, MultipartStep.PartEnds),
            State.Data => ReadData(input, out count),
            State.CloseLine => ReadLineEnd(input, out count),
            State.Epilogue => SkipEpilogue(input, out count),
            _ => MultipartStep.Rejected,
        };
    }

    /// <summary>True where the body may end with what is left unread.</summary>
    public readonly bool CanEnd(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty && _state is State.Epilogue or State.CloseLine;

    // multipart-body := [preamble CRLF] dash-boundary …; body-part := MIME-part-headers [CRLF *OCTET]
    // So a boundary may stand without a CR LF of its own at the very front, and behind the empty line of a part that
    // has no content: that line's CR LF is the delimiter's.
    private MultipartStep ReadStart(ReadOnlySpan<byte> input, out int count, State otherwise, MultipartStep step)
    {
        count = 0;
        if (input.StartsWith(DashBoundary))
        {
            count = DashBoundary.Length;
            _state = State.Line;
            return step;
        }

        if (DashBoundary.StartsWith(input))
            return MultipartStep.NeedMore;
        _state = otherwise;
        return MultipartStep.Skip;
    }

    private MultipartStep ReadPreamble(ReadOnlySpan<byte> input, out int count)
    {
        count = MultipartSyntax.FindDelimiter(input, delimiter, out bool isFound);
        _fillBytes += count;
        if (_fillBytes > FillBytesMax)
            return Reject(RequestRejection.PreambleTooLong, out count);
        if (!isFound)
            return count > 0 ? MultipartStep.Skip : MultipartStep.NeedMore;
        count += delimiter.Length;
        _fillBytes = 0;
        _state = State.Line;
        return MultipartStep.Skip;
    }

    // encapsulation := delimiter transport-padding CRLF body-part ; close-delimiter := delimiter "--"
    private MultipartStep ReadLine(ReadOnlySpan<byte> input, out int count)
    {
        count = 0;
        if (_paddingBytes == 0 && !input.IsEmpty && input[0] == (byte)'-')
        {
            if (input.Length == 1)
                return MultipartStep.NeedMore;
            if (input[1] != (byte)'-')
                return Reject(RequestRejection.InvalidDelimiter, out count);
            count = 2;
            _state = State.CloseLine;
            return MultipartStep.Skip;
        }

        MultipartStep step = ReadLineEnd(input, out count);
        if (_state != State.Headers)
            return step;
        _lineOffset = FieldCount = 0;
        return ++_partCount > PartCountMax ? Reject(RequestRejection.TooManyParts, out count) : step;
    }

    // transport-padding := *LWSP-char, which composers must not write and receivers must take.
    private MultipartStep ReadLineEnd(ReadOnlySpan<byte> input, out int count)
    {
        int padding = input.IndexOfAnyExcept((byte)' ', (byte)'\t');
        count = padding < 0 ? input.Length : padding;
        _paddingBytes += count;
        if (_paddingBytes > PaddingBytesMax)
            return Reject(RequestRejection.InvalidDelimiter, out count);
        if (count > 0)
            return MultipartStep.Skip;
        if (input.IsEmpty || (input[0] == (byte)'\r' && input.Length == 1))
            return MultipartStep.NeedMore;
        if (input[0] != (byte)'\r' || input[1] != (byte)'\n')
            return Reject(RequestRejection.InvalidDelimiter, out count);
        count = 2;
        _paddingBytes = 0;
        _state = _state == State.Line ? State.Headers : State.Epilogue;
        return MultipartStep.Skip;
    }

    // MIME-part-headers, then CRLF; the lines are those of HTTP (no folding), which every known sender keeps to.
    private MultipartStep ReadHeaders(ReadOnlySpan<byte> input, out int count)
    {
        count = 0;
        // What lies beyond the limit is not looked at, so that the outcome is the same for every split.
        ReadOnlySpan<byte> section = input[..Math.Min(input.Length, HeaderBytesMax)];
        while (_lineOffset < section.Length)
        {
            if (section[_lineOffset] == (byte)'\r')
            {
                if (_lineOffset + 1 == section.Length)
                    break;
                if (section[_lineOffset + 1] != (byte)'\n')
                    return Reject(RequestRejection.InvalidPartHeader, out count);
                count = _lineOffset + 2;
                _state = State.DataStart;
                return MultipartStep.PartStarts;
            }

            ParseResult result = FieldParser.ParseLine(
                section, _lineOffset, FieldCount == 0, out HeaderField field, out int next, out _);
            if (result == ParseResult.Rejected)
                return Reject(RequestRejection.InvalidPartHeader, out count);
            if (result == ParseResult.NeedMore)
                break;
            if (FieldCount == HeaderCountMax)
                return Reject(RequestRejection.PartHeadersTooLarge, out count);
            Fields[FieldCount++] = field;
            _lineOffset = next;
        }

        return section.Length == HeaderBytesMax
            ? Reject(RequestRejection.PartHeadersTooLarge, out count)
            : MultipartStep.NeedMore;
    }

    private MultipartStep ReadData(ReadOnlySpan<byte> input, out int count)
    {
        count = MultipartSyntax.FindDelimiter(input, delimiter, out bool isFound);
        if (count > 0)
            return MultipartStep.Data;
        if (!isFound)
            return MultipartStep.NeedMore;
        count = delimiter.Length;
        _state = State.Line;
        return MultipartStep.PartEnds;
    }

    private MultipartStep SkipEpilogue(ReadOnlySpan<byte> input, out int count)
    {
        count = input.Length;
        _fillBytes += count;
        if (_fillBytes > FillBytesMax)
            return Reject(RequestRejection.EpilogueTooLong, out count);
        return count > 0 ? MultipartStep.Skip : MultipartStep.NeedMore;
    }

    private MultipartStep Reject(RequestRejection rejection, out int count)
    {
        count = 0;
        Rejection = rejection;
        _state = State.Rejected;
        return MultipartStep.Rejected;
    }
}
