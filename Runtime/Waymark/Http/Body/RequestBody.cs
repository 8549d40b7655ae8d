using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <summary>The body of a request, read as a stream of bytes: RFC 9112 section 6.</summary>
/// <remarks>
/// Not reading is back-pressure: nothing is received that is not asked for. What a handler leaves unread is read and
/// dropped up to 64 KiB, beyond that the connection is closed. One read at a time.
/// </remarks>
public sealed partial class RequestBody
{
    private readonly IBodySource _source;
    private readonly ServerLimits _limits;
    private readonly Request? _request;
    private readonly TrailerFields _trailers = new();
    private ChunkedDecoder _chunked;
    private bool _isChunked;
    private bool _isContinueExpected;
    private long? _length;
    private long _remaining;
    private volatile bool _isReading;
    private volatile bool _isReadingAll;
    private byte[]? _whole;
    private ReadOnlyMemory<byte>? _all;

    internal RequestBody(IBodySource source, ServerLimits limits, Request? request = null)
    {
        _source = source;
        _limits = limits;
        _request = request;
    }

    /// <summary>
    /// The largest length in bytes, chunked framing not counted; a larger body gets 413. The server's
    /// (<see cref="ServerLimits.BodyBytesMax"/>), and once the route is known, that of its
    /// <see cref="BodyLimitAttribute"/>: middleware that reads before is bound by the server's.
    /// </summary>
    public long BytesMax { get; internal set; }

    /// <summary>The length in bytes; null where it is not known before the end (chunked, or decompressed).</summary>
    public long? Length => _decoder is null ? _length : null;

    /// <summary>False where the request says nothing of a body: RFC 9112 section 6.3, rule 7.</summary>
    internal bool IsDeclared { get; private set; }

    /// <summary>The trailer fields; empty before the body has been read to its end.</summary>
    public RequestHeaders Trailers => _trailers.Fields;

    /// <summary>True once nothing is left to read.</summary>
    internal bool IsComplete => _isChunked ? _chunked.IsDone : _remaining == 0;

    /// <summary>True while the client waits for <c>100 Continue</c> before it sends anything.</summary>
    internal bool IsContinueExpected => _isContinueExpected && _source.Input.UnreadLength == 0;

    /// <summary>True while a read waits, or a read of the whole body is not done: nobody else may read.</summary>
    internal bool IsReading => _isReading || _isReadingAll;

    /// <summary>True where a read failed: what follows in the input cannot be trusted.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>True where the whole body lies in the receive buffer already, or there is none.</summary>
    internal bool HasArrived => !_isChunked && _remaining <= _source.Input.UnreadLength;

    /// <summary>True where the declared length is beyond the limit: then no byte of the body is read.</summary>
    internal bool IsTooLarge => _length > BytesMax;

    /// <summary>What is known to be left; null where that is not known.</summary>
    internal long? Remaining => _isChunked ? null : _remaining;

    /// <summary>True where a body of known length has been read in part.</summary>
    internal bool IsBegun => _length > _remaining;

    /// <summary>Reads what there is, at least one byte.</summary>
    /// <param name="destination">Takes the bytes; not empty.</param>
    /// <returns>The number of bytes; 0 at the end of the body.</returns>
    /// <exception cref="BadRequestException">The body is malformed, too large, too slow or incomplete.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination) =>
        _decoder is null ? ReadEncodedAsync(destination) : ReadDecodedAsync(destination);

    /// <summary>Reads what there is as it came, at least one byte.</summary>
    internal ValueTask<int> ReadEncodedAsync(Memory<byte> destination)
    {
        int count = Read(destination.Span);
        return count >= 0 ? new ValueTask<int>(count) : ReadMoreAsync(destination);
    }

    /// <summary>Reads the whole body into pooled memory.</summary>
    /// <param name="bytesMax">Beyond it the client gets 413. Default: the limit of the server.</param>
    /// <returns>The bytes, valid until the handler's task ends; a second call gets the same ones.</returns>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int bytesMax = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytesMax);
        return ReadAllAsync(bytesMax, RequestRejection.BodyTooLarge);
    }

    private ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int bytesMax, RequestRejection beyond)
    {
        if (IsTooLarge)
            Throw(RequestRejection.BodyTooLarge);
        if (!_isChunked && _remaining > bytesMax && _decoder is null)
            throw new BadRequestException(beyond);
        if (_all is { } again)
            return new ValueTask<ReadOnlyMemory<byte>>(again);
        if (_blocks is not null)
            return new ValueTask<ReadOnlyMemory<byte>>(JoinBlocks());
        ReceiveBuffer input = _source.Input;
        if (_isChunked || _remaining > input.UnreadLength || _decoder is not null)
            return ReadWholeAsync(bytesMax, beyond);

        // The usual small body has come with its head: it is used where it lies. The exchange holds its block.
        int length = (int)_remaining;
        var whole = new ReadOnlyMemory<byte>(input.Block, input.UnreadOffset, length);
        input.Consume(length);
        input.Hold();
        _remaining = 0;
        _all = whole;
        return new ValueTask<ReadOnlyMemory<byte>>(whole);
    }

    internal void Begin(in RequestHead head)
    {
        HasFailed = false;
        BytesMax = _limits.BodyBytesMax;
        _isChunked = head.Has(HeadFacts.Chunked);
        IsDeclared = _isChunked || head.ContentLength >= 0;
        _remaining = _isChunked ? 0 : Math.Max(0, head.ContentLength);
        _length = _isChunked ? null : _remaining;
        _isContinueExpected = head.Has(HeadFacts.Expect100) && head.MinorVersion > 0 && !IsEmptyByLength;
        if (_isChunked)
        {
            _chunked = default;
            _trailers.Reset();
        }
        else if (_trailers.LineCount > 0)
        {
            _trailers.Reset();
        }
    }

    /// <summary>Ends the reading of this body.</summary>
    /// <param name="isLeftBehind">True where a read goes on: its memory is left to it.</param>
    internal void End(bool isLeftBehind = false)
    {
        if (_whole is not null && !isLeftBehind)
            BlockPool.Return(_whole);
        _whole = null;
        _all = null;
        if (_decoder is not null)
            EndDecoding(isLeftBehind);
        EndViews(isLeftBehind);
    }

    private bool IsEmptyByLength => !_isChunked && _remaining == 0;

    /// <summary>Reads from what has been received; -1 where more is needed.</summary>
    private int Read(Span<byte> destination)
    {
        ReceiveBuffer input = _source.Input;
        if (IsTooLarge)
            Throw(RequestRejection.BodyTooLarge);
        // RFC 9110 section 10.1.1: whoever has sent octets of the body does not wait for 100, whatever is taken here.
        _isContinueExpected &= input.UnreadLength == 0;
        if (_isChunked && _chunked.Remaining == 0)
        {
            ParseResult result = _chunked.Advance(input, BytesMax, _trailers);
            if (result == ParseResult.Rejected)
                Throw(_chunked.Rejection);
            if (result == ParseResult.NeedMore)
                return -1;
        }

        long left = _isChunked ? _chunked.Remaining : _remaining;
        if (left == 0)
            return 0;
        int count = (int)Math.Min(Math.Min(left, destination.Length), input.UnreadLength);
        if (count == 0)
            return destination.IsEmpty ? 0 : -1;
        input.Unread[..count].CopyTo(destination);
        input.Consume(count);
        Take(count);
        return count;
    }

    private void Take(int count)
    {
        if (_isChunked)
            _chunked.Take(count);
        else
            _remaining -= count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadMoreAsync(Memory<byte> destination)
    {
        BeginRead();
        try
        {
            if (_isContinueExpected)
            {
                _isContinueExpected = false;
                if (_source.Input.UnreadLength == 0)
                    await _source.SendContinueAsync().ConfigureAwait(false);
            }

            while (true)
            {
                // A large piece whose length is known goes straight into the reader's memory.
                long left = _isChunked ? _chunked.Remaining : _remaining;
                bool isDirect = left > 0 && _source.Input.UnreadLength == 0;
                int received = await ReceiveAsync(
                    isDirect ? destination[..(int)Math.Min(left, destination.Length)] : default).ConfigureAwait(false);
                if (received == 0)
                    Throw(_source.EndReason);
                if (isDirect)
                {
                    Take(received);
                    return received;
                }

                int count = Read(destination.Span);
                if (count >= 0)
                    return count;
            }
        }
        finally
        {
            EndRead();
        }
    }

    /// <summary>Receives into a reader's memory, or into the buffer where that is empty.</summary>
    /// <returns>The number of bytes; 0 at the end of the input.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        int count = 0;
        int before = _source.Input.UnreadLength;
        _source.ReceiveStarting();
        try
        {
            if (!destination.IsEmpty)
                count = await _source.ReceiveIntoAsync(destination).ConfigureAwait(false);
            else if (await _source.FillAsync().ConfigureAwait(false))
                count = _source.Input.UnreadLength - before;
            return count;
        }
        finally
        {
            _source.ReceiveEnded(count);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> ReadWholeAsync(int bytesMax, RequestRejection beyond)
    {
        if (_whole is not null)
            throw new InvalidOperationException("An earlier ReadAllAsync has not ended, or has failed.");
        long expected = Math.Min(_isChunked ? BlockPool.BlockBytesMin : _remaining, Array.MaxLength);
        _whole = BlockPool.Rent((int)Math.Min(expected, 1 << 20));
        int length = 0;
        _isReadingAll = true;
        try
        {
            while (true)
            {
                if (length == _whole.Length && !IsAtEnd)
                    GrowWhole();
                if (length == _whole.Length)
                    break;
                int count = await ReadAsync(_whole.AsMemory(length)).ConfigureAwait(false);
                if (count == 0)
                    break;
                length += count;
                if (length > bytesMax)
                    Throw(beyond);
            }

            _all = _whole.AsMemory(0, length);
            return _all.Value;
        }
        finally
        {
            _isReadingAll = false;
        }
    }

    private void GrowWhole()
    {
        byte[] larger = BlockPool.Rent((int)Math.Min(_whole!.Length * 2L, Array.MaxLength));
        _whole.CopyTo(larger, 0);
        BlockPool.Return(_whole);
        _whole = larger;
    }

    private void BeginRead()
    {
        if (_isReading)
            throw new InvalidOperationException("An earlier read of the body has not ended: await it before the next.");
        _isReading = true;
    }

    private void EndRead() => _isReading = false;

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Throw(RequestRejection rejection)
    {
        HasFailed = true;
        throw new BadRequestException(rejection);
    }
}
