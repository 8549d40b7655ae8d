using Waymark.Buffers;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <summary>Reads the framing of a chunked body: RFC 9112 section 7.1, strictly.</summary>
/// <remarks>
/// <code>
///        +--------------------------+
///        v                          |
///  --> Size --(n &gt; 0)--> Data --> DataEnd
///        |
///        +--(0)--> Trailers --> Done
/// </code>
/// Every line ends with CR LF and is read whole; a line without an end within its limit is refused.
/// </remarks>
internal struct ChunkedDecoder
{
    private const int SizeDigitsMax = 16;
    private const int ExtensionLineBytesMax = 256;
    private const int ExtensionTotalBytesMax = 16 * 1024;

    private State _state;
    private long _total;
    private int _extensionBytes;

    private enum State
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        Done,
    }

    /// <summary>The bytes of the current chunk that were not read yet.</summary>
    public long Remaining { get; private set; }

    /// <summary>Why the body is refused; only after <see cref="ParseResult.Rejected"/>.</summary>
    public RequestRejection Rejection { get; private set; }

    /// <summary>True behind the last chunk and the trailers.</summary>
    public readonly bool IsDone => _state == State.Done;

    /// <summary>Notes that bytes of the current chunk were taken.</summary>
    public void Take(long count)
    {
        Remaining -= count;
        if (Remaining == 0)
            _state = State.DataEnd;
    }

    /// <summary>Reads framing up to the next data, or to the end of the body.</summary>
    /// <returns>Done where data or the end is reached.</returns>
    public ParseResult Advance(ReceiveBuffer input, long bodyBytesMax, TrailerFields trailers)
    {
        while (true)
        {
            ParseResult result = _state switch
            {
                State.Size => ReadSize(input, bodyBytesMax),
                State.DataEnd => ReadDataEnd(input),
                State.Trailers => ReadTrailers(input, trailers),
                _ => ParseResult.Done,
            };
            if (result != ParseResult.Done || _state is State.Data or State.Done)
                return result;
        }
    }

    // chunk = chunk-size [ chunk-ext ] CRLF
    private ParseResult ReadSize(ReceiveBuffer input, long bodyBytesMax)
    {
        ReadOnlySpan<byte> unread = input.Unread;
        long size = 0;
        int position = 0;
        for (; position < unread.Length && Ascii.HexValue(unread[position]) is >= 0 and int digit; position++)
        {
            if (position == SizeDigitsMax || size > long.MaxValue >> 4)
                return Reject(RequestRejection.InvalidChunkSize);
            size = (size << 4) | (uint)digit;
        }

        if (position == unread.Length)
            return ParseResult.NeedMore;
        if (position == 0 || unread[position] is not ((byte)'\r' or (byte)';'))
            return Reject(RequestRejection.InvalidChunkSize);

        ParseResult result = ReadExtension(unread[position..], out int lineBytes);
        if (result != ParseResult.Done)
            return result;
        if (size > bodyBytesMax - _total)
            return Reject(RequestRejection.BodyTooLarge);
        _total += size;
        input.Consume(position + lineBytes);
        Remaining = size;
        _state = size == 0 ? State.Trailers : State.Data;
        return ParseResult.Done;
    }

    // chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
    private ParseResult ReadExtension(ReadOnlySpan<byte> rest, out int lineBytes)
    {
        lineBytes = 0;
        int end = rest.IndexOf((byte)'\r');
        int length = end < 0 ? rest.Length : end;
        // What lies beyond a limit is not looked at, so that the outcome is the same for every split.
        int lengthMax = Math.Min(ExtensionLineBytesMax, ExtensionTotalBytesMax - _extensionBytes);
        if (rest[..Math.Min(length, lengthMax)].ContainsAny(Ascii.FieldValueEnd))
            return Reject(RequestRejection.InvalidChunkExtension);
        if (length > lengthMax)
            return Reject(RequestRejection.ChunkExtensionTooLong);
        if (end < 0 || end + 1 == rest.Length)
            return ParseResult.NeedMore;
        if (rest[end + 1] != (byte)'\n')
            return Reject(RequestRejection.BareCarriageReturn);
        if (length > 0 && !ChunkExtension.IsValid(rest[..length]))
            return Reject(RequestRejection.InvalidChunkExtension);
        _extensionBytes += length;
        lineBytes = end + 2;
        return ParseResult.Done;
    }

    private ParseResult ReadDataEnd(ReceiveBuffer input)
    {
        ReadOnlySpan<byte> unread = input.Unread;
        if (unread.Length > 0 && unread[0] != (byte)'\r')
            return Reject(RequestRejection.InvalidChunkEnd);
        if (unread.Length < 2)
            return ParseResult.NeedMore;
        if (unread[1] != (byte)'\n')
            return Reject(RequestRejection.InvalidChunkEnd);
        input.Consume(2);
        _state = State.Size;
        return ParseResult.Done;
    }

    // trailer-section = *( field-line CRLF ), then CRLF
    private ParseResult ReadTrailers(ReceiveBuffer input, TrailerFields trailers)
    {
        while (true)
        {
            ReadOnlySpan<byte> unread = input.Unread;
            if (unread.IsEmpty)
                return ParseResult.NeedMore;
            if (unread[0] == (byte)'\r')
            {
                if (unread.Length == 1)
                    return ParseResult.NeedMore;
                if (unread[1] != (byte)'\n')
                    return Reject(RequestRejection.BareCarriageReturn);
                input.Consume(2);
                _state = State.Done;
                return ParseResult.Done;
            }

            // What lies beyond a limit is not looked at, so that the outcome is the same for every split.
            if (trailers.IsFull)
                return Reject(RequestRejection.TooManyTrailers);
            int room = trailers.BytesLeft;
            ParseResult result = FieldParser.ParseLine(
                unread[..Math.Min(unread.Length, room)], 0, trailers.LineCount == 0, out HeaderField field,
                out int next, out RequestRejection rejection);
            if (result == ParseResult.Rejected)
                return Reject(rejection);
            if (result == ParseResult.NeedMore)
                return unread.Length < room ? result : Reject(RequestRejection.TrailersTooLarge);
            trailers.Add(unread, field, next);
            input.Consume(next);
        }
    }

    private ParseResult Reject(RequestRejection rejection)
    {
        Rejection = rejection;
        return ParseResult.Rejected;
    }
}
