using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Waymark.Buffers;

namespace Waymark.Http.Writing;

/// <summary>Puts one answer after another into the output: RFC 9112 sections 4 to 7.</summary>
/// <remarks>
/// <code>
///  Buffered --(end)--> head with Content-Length before the body; nothing has been sent in between
///     |
///  (flush)--> Declared    the handler said how long the body is
///         |-> Chunked     HTTP/1.1
///         |-> UntilClose  HTTP/1.0
///         +-> Dropped     HEAD, 204, 304, and behind 101: whatever the handler writes
/// </code>
/// Room for the head is reserved before the body and fitted when the head is known. Most answers start their block, so
/// that nothing is moved; in a burst of pipelined answers the bodies behind the gap move by some dozen bytes.
/// </remarks>
internal sealed partial class ResponseWriter(HttpConnection connection, OutputBuffer output, DateCache date)
{
    /// <summary>How much may pile up before a write waits for the client.</summary>
    public const int PendingBytesMax = 64 * 1024;

    private const int HeadRoom = 256;
    private const int ChunkRoom = 10;
    private const int DirectBytesMin = 16 * 1024;

    private Mode _mode;
    private OutputBuffer.Mark _headMark;
    private OutputBuffer.Mark _chunkMark;
    private bool _isReserved;
    private bool _isInChunk;
    private int _chunkBytes;
    private volatile bool _isWriting;

    private enum Mode
    {
        Buffered,
        Declared,
        Chunked,
        UntilClose,
        Dropped,
    }

    /// <summary>True once the head is on its way.</summary>
    public bool HasStarted => _mode != Mode.Buffered;

    /// <summary>True while a large write has not ended.</summary>
    public bool IsWriting => _isWriting;

    /// <summary>How much body the handler has written, dropped bytes included.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>How much of it goes to the client.</summary>
    public long KeptBytes => _mode == Mode.Dropped ? 0 : BodyBytes;

    /// <summary>
    /// True from when the handler has ended on, where the answer has not started before: all of its body is here.
    /// </summary>
    public bool IsEnding { get; private set; }

    /// <summary>Prepares for the next answer.</summary>
    public void Begin()
    {
        Filter = null;
        IsEnding = false;
        _mode = Mode.Buffered;
        _isReserved = _isInChunk = false;
        BodyBytes = 0;
    }

    public Span<byte> GetSpan(int sizeHint)
    {
        Reserve();
        return output.GetSpan(sizeHint);
    }

    public Memory<byte> GetMemory(int sizeHint)
    {
        Reserve();
        return output.GetMemory(sizeHint);
    }

    public void Advance(int count)
    {
        // An IBufferWriter may be advanced by nothing before it was asked for room.
        if (count == 0)
            return;
        output.Advance(count);
        BodyBytes += count;
        _chunkBytes += count;
    }

    /// <summary>Drops the body; only before the answer has started.</summary>
    public void DropBody()
    {
        if (_isReserved)
            output.Truncate(_headMark);
        _isReserved = false;
        BodyBytes = 0;
    }

    /// <summary>Sends what there is; the answer starts where it has not.</summary>
    public ValueTask FlushAsync(Response response)
    {
        if (_mode == Mode.Buffered)
            Start(response);
        else
            EndPiece();
        return connection.FlushAsync();
    }

    /// <summary>Appends to the body; sends where too much has piled up.</summary>
    public ValueTask WriteAsync(Response response, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length + output.Length > PendingBytesMax)
        {
            connection.ThrowIfSending();
            return WriteLargeAsync(response, bytes);
        }

        response.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Appends a part of a file to a body of declared length without reading it, where that can be.</summary>
    /// <returns>How many bytes; whoever called reads and writes the rest.</returns>
    public ValueTask<long> SendFileAsync(Response response, SafeFileHandle file, long offset, long length)
    {
        // A small one goes out in one piece with its head instead.
        if (!connection.SendsFiles || length <= PendingBytesMax || BodyBytes + length > response.ContentLength
            || response.ContentLength is null || _mode is not (Mode.Buffered or Mode.Declared))
        {
            return new ValueTask<long>(0);
        }

        connection.ThrowIfSending();
        return SendFileCoreAsync(response, file, offset, length);
    }

    /// <summary>Ends the answer.</summary>
    /// <returns>False where it cannot be ended well: the body is shorter than was declared.</returns>
    public bool TryComplete(Response response)
    {
        if (_mode == Mode.Buffered)
            return TryCompleteBuffered(response);
        EndPiece(isLast: true);
        if (_mode == Mode.Chunked)
            output.Write("0\r\n\r\n"u8);
        return _mode == Mode.Dropped || response.ContentLength is not { } length || BodyBytes == length;
    }

    /// <summary>Answers with 101, which has no framing; the connection is another protocol's from here on.</summary>
    public void WriteSwitch(Response response, ReadOnlySpan<byte> protocol)
    {
        connection.RunStarting();
        DropBody();
        _mode = Mode.Dropped;
        response.Headers.IsReadOnly = true;
        output.Write("HTTP/1.1 101 Switching Protocols\r\n"u8);
        output.Write(date.Line);
        output.Write("Connection: Upgrade\r\nUpgrade: "u8);
        output.Write(protocol);
        output.Write("\r\n"u8);
        output.Write(response.Headers.Lines);
        output.Write("\r\n"u8);
    }

    private bool TryCompleteBuffered(Response response)
    {
        IsEnding = true;
        connection.RunStarting();
        bool isDropped = connection.IsHeadRequest || HasNoBody(response.StatusCode);
        long length = response.ContentLength ?? BodyBytes;
        if (!isDropped && length != BodyBytes)
            return false;
        if (isDropped)
            DropBody();
        if (response.StatusCode == 205)
            length = 0;
        Span<byte> framing = stackalloc byte[ResponseHead.FramingBytesMax];
        bool isFramed = response.StatusCode != 204 && (
            response.StatusCode != 304 || response.ContentLength is not null) && Filter is null;
        int framingBytes = isFramed
            ? ResponseHead.FormatLength(framing, length)
            : ResponseHead.CopyEmptyLine(framing);
        WriteHead(response, framing[..framingBytes], default);
        return true;
    }

    private void Start(Response response)
    {
        connection.RunStarting();
        Span<byte> framing = stackalloc byte[ResponseHead.FramingBytesMax];
        Span<byte> chunkLine = stackalloc byte[ChunkRoom];
        int framingBytes = ResponseHead.CopyEmptyLine(framing);
        int chunkLineBytes = 0;
        bool isDropped = connection.IsHeadRequest || HasNoBody(response.StatusCode);
        long firstBytes = isDropped ? 0 : Filter is null ? BodyBytes : FilterFirst(Filter);
        if (response.StatusCode == 205)
        {
            framingBytes = ResponseHead.FormatLength(framing, 0);
        }
        else if (response.ContentLength is { } length && Filter is null)
        {
            _mode = Mode.Declared;
            if (response.StatusCode != 204)
                framingBytes = ResponseHead.FormatLength(framing, length);
        }
        else if (connection.IsHttp10)
        {
            _mode = Mode.UntilClose;
            connection.CloseAfterAnswer();
        }
        else
        {
            _mode = Mode.Chunked;
            if (!HasNoBody(response.StatusCode))
                framingBytes = ResponseHead.CopyChunked(framing);
            if (firstBytes > 0)
                chunkLineBytes = ResponseHead.FormatChunkLine(chunkLine, firstBytes);
        }

        if (isDropped)
        {
            DropBody();
            _mode = Mode.Dropped;
        }

        WriteHead(response, framing[..framingBytes], chunkLine[..chunkLineBytes]);
        if (chunkLineBytes > 0)
            output.Write("\r\n"u8);
        response.Headers.IsReadOnly = true;
    }

    private void WriteHead(Response response, ReadOnlySpan<byte> framing, ReadOnlySpan<byte> chunkLine)
    {
        Reserve(headOnly: true);
        var head = new ResponseHead(response, date, connection.ConnectionLine, framing);
        int size = head.Size;
        Span<byte> room = output.Fit(_headMark, HeadRoom, size + chunkLine.Length);
        head.CopyTo(room);
        chunkLine.CopyTo(room[size..]);
        _isReserved = false;
    }

    /// <summary>Makes room for what has to stand before the bytes that come next.</summary>
    private void Reserve(bool headOnly = false)
    {
        connection.ThrowIfSending();
        if (_mode == Mode.Buffered || headOnly)
        {
            if (!_isReserved)
                _headMark = output.Reserve(HeadRoom);
            _isReserved = true;
        }
        else if ((_mode is Mode.Chunked or Mode.Dropped || Filter is not null) && !_isInChunk)
        {
            _chunkMark = output.Reserve(_mode == Mode.Chunked ? ChunkRoom : 0);
            _isInChunk = true;
            _chunkBytes = 0;
        }
    }

    private void EndPiece(bool isLast = false)
    {
        if (Filter is not null && _mode != Mode.Dropped)
        {
            EndFilteredPiece(Filter, isLast);
            return;
        }

        if (!_isInChunk)
            return;
        _isInChunk = false;
        if (_mode == Mode.Dropped || _chunkBytes == 0)
        {
            output.Truncate(_chunkMark);
            return;
        }

        Span<byte> line = stackalloc byte[ChunkRoom];
        int length = ResponseHead.FormatChunkLine(line, _chunkBytes);
        line[..length].CopyTo(output.Fit(_chunkMark, ChunkRoom, length));
        output.Write("\r\n"u8);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteLargeAsync(Response response, ReadOnlyMemory<byte> bytes)
    {
        _isWriting = true;
        try
        {
            if (_mode == Mode.Buffered && response.ContentLength is not null && bytes.Length >= DirectBytesMin)
                await FlushAsync(response).ConfigureAwait(false);
            if (_mode == Mode.Declared && bytes.Length >= DirectBytesMin)
            {
                // The length is known, so the bytes need no framing and are sent from where they lie.
                response.Advance(0);
                if (BodyBytes + bytes.Length <= response.ContentLength)
                {
                    await connection.FlushAsync().ConfigureAwait(false);
                    await connection.SendDirectAsync(bytes).ConfigureAwait(false);
                    BodyBytes += bytes.Length;
                    return;
                }
            }

            while (!bytes.IsEmpty)
            {
                int count = Math.Min(bytes.Length, PendingBytesMax);
                response.Write(bytes.Span[..count]);
                bytes = bytes[count..];
                if (output.Length >= PendingBytesMax)
                    await FlushAsync(response).ConfigureAwait(false);
            }
        }
        finally
        {
            _isWriting = false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<long> SendFileCoreAsync(Response response, SafeFileHandle file, long offset, long length)
    {
        _isWriting = true;
        try
        {
            await FlushAsync(response).ConfigureAwait(false);
            if (_mode != Mode.Declared)
                return 0;
            long sent = await connection.SendFileAsync(file, offset, length).ConfigureAwait(false);
            BodyBytes += sent;
            return sent;
        }
        finally
        {
            _isWriting = false;
        }
    }

    // RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5: 205 has no content either, but says so with a length of 0.
    private static bool HasNoBody(int status) => status is 204 or 205 or 304;
}
