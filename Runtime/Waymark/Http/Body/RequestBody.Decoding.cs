using System.Runtime.CompilerServices;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <content>Bodies that came with a content coding, and are read without it: RFC 9110 section 8.4.</content>
/// <remarks>
/// <code>
/// network --> framing (as without) --> EncodedStream --> decoder --> reader
/// </code>
/// What is drained, how far the body has come and whether the connection can go on stay matters of the framing.
/// </remarks>
public sealed partial class RequestBody
{
    /// <summary>Below this a body may be of any ratio: it harms nobody.</summary>
    internal const int RatioFreeBytes = 64 * 1024;

    private Stream? _decoder;
    private BodyCheck _check;
    private int _ratioMax;
    private long _encodedBytes;
    private long _decodedBytes;
    private bool _isDecoded;

    private bool IsAtEnd => _decoder is null ? IsComplete : _isDecoded;

    /// <summary>Has the body decoded while it is read; before anything of it is.</summary>
    /// <param name="open">Makes the decoder of the octets as they came.</param>
    /// <param name="check">What is known of their end, as the platform's decoders take a part for the whole.</param>
    /// <param name="ratioMax">How many times as large the decoded body may become.</param>
    internal void Decode(Func<Stream, Stream> open, BodyCheck check, int ratioMax)
    {
        _decoder = open(new EncodedStream(this));
        _check = check;
        _ratioMax = ratioMax;
        _encodedBytes = _decodedBytes = 0;
        _isDecoded = false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadDecodedAsync(Memory<byte> destination)
    {
        if (IsTooLarge)
            Throw(RequestRejection.BodyTooLarge);
        if (_isDecoded || destination.IsEmpty)
            return 0;
        try
        {
            int count = await _decoder!.ReadAsync(destination).ConfigureAwait(false);
            _decodedBytes += count;
            if (_decodedBytes > BytesMax
                || (_decodedBytes > RatioFreeBytes && _decodedBytes > _ratioMax * _encodedBytes))
            {
                Throw(RequestRejection.BodyTooLarge);
            }

            _check.Decoded(destination.Span[..count]);
            if (count > 0)
                return count;
        }
        catch (InvalidDataException)
        {
            throw new BadRequestException(RequestRejection.InvalidContentCoding);
        }

        // The decoder may stop before the octets do, and has to have got all of them.
        if (await ReadEncodedAsync(new byte[1]).ConfigureAwait(false) > 0 || !_check.IsWhole(_decodedBytes))
            throw new BadRequestException(RequestRejection.InvalidContentCoding);
        _isDecoded = true;
        return 0;
    }

    private void EndDecoding(bool isLeftBehind)
    {
        if (!isLeftBehind)
            _decoder!.Dispose();
        _decoder = null;
    }

    /// <summary>The octets as they came.</summary>
    private sealed class EncodedStream(RequestBody body) : ForwardStream
    {
        protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer)
        {
            int count = await body.ReadEncodedAsync(buffer).ConfigureAwait(false);
            body._encodedBytes += count;
            body._check.Encoded(buffer.Span[..count]);
            return count;
        }
    }
}
