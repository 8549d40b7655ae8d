using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>Reads the parts of a <c>multipart/form-data</c> body one by one: RFC 7578, RFC 2046 section 5.1.</summary>
/// <remarks>
/// Nothing of a part but its header section is kept: memory stays the same for any length. At most 1,024 parts, each
/// with at most 32 header fields in 8,192 bytes; at most 8,192 bytes before the first and behind the last boundary; a
/// body beyond these limits, or malformed, gets 400. Valid until the handler's task ends; one call at a time.
/// </remarks>
/// <example>
/// <code>
/// MultipartReader reader = exchange.Request.Body.OpenMultipart();
/// while (await reader.ReadNextAsync() is { } part)
///     await part.AsStream().CopyToAsync(store);
/// </code>
/// </example>
public sealed class MultipartReader
{
    private const int BufferBytes = 32 * 1024;

    private readonly RequestBody _body;
    private MultipartParser _parser;
    private byte[]? _buffer;
    private FormPart? _part;

    // INVARIANT: 0 <= _start <= _start + _dataBytes <= _end <= _buffer.Length
    private int _start;
    private int _end;

    /// <summary>How many bytes at the front are known to be data of the part.</summary>
    private int _dataBytes;

    internal MultipartReader(RequestBody body, byte[] delimiter)
    {
        _body = body;
        _parser = new MultipartParser(delimiter);
        _buffer = BlockPool.Rent(BufferBytes);
    }

    /// <summary>Goes to the next part; what is left of the one before is skipped.</summary>
    /// <returns>The part; null behind the last one.</returns>
    /// <exception cref="BadRequestException">The body is malformed, too large, too slow or incomplete.</exception>
    /// <exception cref="ObjectDisposedException">The handler's task has ended.</exception>
    public async ValueTask<FormPart?> ReadNextAsync()
    {
        _part = null;
        Consume(_dataBytes);
        _dataBytes = 0;
        while (true)
        {
            switch (_parser.Advance(Unread, out int count))
            {
                case MultipartStep.NeedMore:
                    if (await FillAsync().ConfigureAwait(false))
                        continue;
                    return _parser.CanEnd(Unread)
                        ? null
                        : throw new BadRequestException(RequestRejection.MultipartIncomplete);
                case MultipartStep.PartStarts:
                    _part = FormPart.Create(this, Unread[..count], _parser.Fields.AsSpan(0, _parser.FieldCount));
                    Consume(count);
                    return _part;
                case MultipartStep.Rejected:
                    throw new BadRequestException(_parser.Rejection);
                default:
                    Consume(count);
                    continue;
            }
        }
    }

    /// <summary>Reads data of the part; 0 at its end.</summary>
    internal ValueTask<int> ReadAsync(FormPart part, Memory<byte> destination)
    {
        int count = Read(part, destination.Span);
        return count >= 0 ? new ValueTask<int>(count) : ReadMoreAsync(part, destination);
    }

    /// <summary>False where the part has no data; only before any of it is read.</summary>
    internal async ValueTask<bool> HasDataAsync(FormPart part)
    {
        // Nothing fits into no memory, so that this looks, and takes nothing.
        while (_dataBytes == 0 && part == _part && Read(part, default) < 0)
            await FillDataAsync().ConfigureAwait(false);
        return _dataBytes > 0;
    }

    /// <summary>Gives the memory back; what is read afterwards throws.</summary>
    internal void Release()
    {
        if (_buffer is not null)
            BlockPool.Return(_buffer);
        _buffer = null;
        _part = null;
        _start = _end = _dataBytes = 0;
    }

    private ReadOnlySpan<byte> Unread
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsSpan(_start, _end - _start);
        }
    }

    /// <summary>Copies data that has come; 0 at the end of the part, -1 where more is needed.</summary>
    private int Read(FormPart part, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        if (part != _part)
        {
            return part.IsOver ? 0 : throw new InvalidOperationException(
                $"The reader has gone on to the next part: '{part.Name}' cannot be read any more.");
        }

        while (_dataBytes == 0)
        {
            switch (_parser.Advance(Unread, out int count))
            {
                case MultipartStep.NeedMore:
                    return -1;
                case MultipartStep.Data:
                    _dataBytes = count;
                    break;
                case MultipartStep.PartEnds:
                    Consume(count);
                    part.IsOver = true;
                    _part = null;
                    return 0;
                case MultipartStep.Rejected:
                    throw new BadRequestException(_parser.Rejection);
                default:
                    Consume(count);
                    break;
            }
        }

        int taken = Math.Min(_dataBytes, destination.Length);
        Unread[..taken].CopyTo(destination);
        Consume(taken);
        _dataBytes -= taken;
        return taken;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadMoreAsync(FormPart part, Memory<byte> destination)
    {
        while (true)
        {
            await FillDataAsync().ConfigureAwait(false);
            int count = Read(part, destination.Span);
            if (count >= 0)
                return count;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillDataAsync()
    {
        if (!await FillAsync().ConfigureAwait(false))
            throw new BadRequestException(RequestRejection.MultipartIncomplete);
    }

    /// <summary>Receives more behind what there is; false at the end of the body.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync()
    {
        byte[] buffer = _buffer!;
        if (_start > 0)
        {
            // What is left is no more than a header section or the beginning of a delimiter: little.
            Buffer.BlockCopy(buffer, _start, buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        int count = await _body.ReadAsync(buffer.AsMemory(_end)).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }

    private void Consume(int count) => _start += count;
}
