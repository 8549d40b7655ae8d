using System.Buffers;
using System.IO.Compression;
using Waymark.Buffers;
using Waymark.Http.Body;

namespace Waymark.Middleware;

/// <summary>Decodes <c>br</c>: RFC 7932.</summary>
/// <remarks>
/// The platform's stream lets pass what stands behind the end; here it is an error, as a missing end is.
/// </remarks>
internal sealed class BrotliBody(Stream encoded) : ForwardStream
{
    private BrotliDecoder _decoder;
    private byte[] _input = BlockPool.Rent(BlockPool.BlockBytesMin);

    // INVARIANT: 0 <= _start <= _end <= _input.Length
    private int _start;
    private int _end;
    private bool _isDone;

    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer)
    {
        while (!_isDone)
        {
            OperationStatus status = _decoder.Decompress(
                _input.AsSpan(_start, _end - _start), buffer.Span, out int consumed, out int written);
            _start += consumed;
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData || (_isDone && _start < _end))
                throw new InvalidDataException();
            if (written > 0)
                return written;
            if (_isDone)
                break;
            _start = 0;
            _end = await encoded.ReadAsync(_input).ConfigureAwait(false);
            if (_end == 0)
                throw new InvalidDataException();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        if (_input.Length > 0)
            BlockPool.Return(_input);
        _input = [];
        base.Dispose(disposing);
    }
}
