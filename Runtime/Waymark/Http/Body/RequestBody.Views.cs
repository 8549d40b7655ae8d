using System.Buffers;
using System.IO.Pipelines;
using Waymark.Buffers;
using Waymark.Http.Parsing;

namespace Waymark.Http.Body;

/// <content>Other ways to read the same bytes: as stream, pipe, text, sequence, form and multipart.</content>
public sealed partial class RequestBody
{
    private int _generation;
    private BodyBlocks? _blocks;
    private FormFields? _form;
    private MultipartReader? _multipart;

    /// <summary>The body as a stream.</summary>
    /// <remarks>
    /// Read-only, forwards only and asynchronous only: a synchronous read throws
    /// <see cref="NotSupportedException"/>. A cancellation token is looked at before each read; a read that waits is
    /// ended by <see cref="ServerLimits.BodyTimeout"/>. Once the handler's task has ended, reads throw
    /// <see cref="ObjectDisposedException"/>. Disposing it leaves the body as it is.
    /// </remarks>
    public Stream AsStream() => new BodyStream(this);

    /// <summary>The body as a pipe: nothing is received that its reader does not ask for.</summary>
    /// <remarks>
    /// Complete it when done, so that its memory goes back to its pool. As with <see cref="AsStream"/>, a read that
    /// waits for the network is not ended by a cancellation.
    /// </remarks>
    public PipeReader AsPipeReader() => PipeReader.Create(AsStream(), new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>
    /// Reads the whole body into pooled blocks: as <see cref="ReadAllAsync(int)"/>, but not in one piece.
    /// </summary>
    /// <param name="bytesMax">Beyond it the client gets 413. Default: <see cref="BytesMax"/>.</param>
    /// <returns>The bytes, valid until the handler's task ends; a second call gets the same ones.</returns>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>.</exception>
    public ValueTask<ReadOnlySequence<byte>> ReadSequenceAsync(long bytesMax = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytesMax);
        if (_blocks is not null && IsWhole)
            return new ValueTask<ReadOnlySequence<byte>>(_blocks.Sequence);
        if (_all is { } all)
            return new ValueTask<ReadOnlySequence<byte>>(new ReadOnlySequence<byte>(all));
        if (IsTooLarge)
            Throw(RequestRejection.BodyTooLarge);
        if (!_isChunked && _remaining > bytesMax && _decoder is null)
            throw new BadRequestException(RequestRejection.BodyTooLarge);
        return ReadBlocksAsync(bytesMax);
    }

    /// <summary>Reads the whole body as text.</summary>
    /// <remarks>
    /// In the charset that Content-Type names: <c>utf-8</c> (the default; a byte order mark is left out),
    /// <c>us-ascii</c> or <c>iso-8859-1</c>; any other gets 415. What is not text in it gets 400.
    /// </remarks>
    /// <param name="bytesMax">Beyond it the client gets 413. Default: <see cref="BytesMax"/>.</param>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>, and as above.</exception>
    public async ValueTask<string> ReadStringAsync(int bytesMax = int.MaxValue)
    {
        TextCharset charset = TextCharsets.Of(ContentType);
        if (charset == TextCharset.Unknown)
            throw new BadRequestException(RequestRejection.UnsupportedCharset);
        ReadOnlyMemory<byte> bytes = await ReadAllAsync(bytesMax).ConfigureAwait(false);
        return TextCharsets.TryDecode(bytes.Span, charset, out string text)
            ? text
            : throw new BadRequestException(RequestRejection.InvalidText);
    }

    /// <summary>Reads a form of <c>application/x-www-form-urlencoded</c>; a body of another type gets 415.</summary>
    /// <remarks>
    /// The limits are <see cref="ServerLimits.FormBytesMax"/> (413) and <see cref="ServerLimits.FormKeysMax"/> (400); a
    /// name or value that is not UTF-8 gets 400.
    /// </remarks>
    /// <returns>The fields, valid until the handler's task ends; a second call gets the same ones.</returns>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>, and as above.</exception>
    public async ValueTask<FormFields> ReadFormAsync()
    {
        if (_form is not null)
            return _form;
        if (!MediaTypes.Is(ContentType, "application/x-www-form-urlencoded"u8))
            throw new BadRequestException(RequestRejection.NotUrlEncoded);
        ReadOnlyMemory<byte> raw = await ReadAllAsync(_limits.FormBytesMax, RequestRejection.FormTooLarge)
            .ConfigureAwait(false);
        RequestRejection rejection = UrlEncodedForm.Parse(raw.Span, _limits.FormKeysMax, NewForm());
        return rejection == RequestRejection.None ? _form! : throw new BadRequestException(rejection);
    }

    /// <summary>Begins to read the parts of a <c>multipart/form-data</c> body; one of another type gets 415.</summary>
    /// <returns>The reader, valid until the handler's task ends; a second call gets the same one.</returns>
    /// <exception cref="BadRequestException">The type is another (415), or its boundary is not valid (400).</exception>
    public MultipartReader OpenMultipart()
    {
        if (_multipart is not null)
            return _multipart;
        if (!MediaTypes.Is(ContentType, "multipart/form-data"u8))
            throw new BadRequestException(RequestRejection.NotMultipart);
        return MultipartSyntax.TryReadBoundary(ContentType, out byte[] delimiter)
            ? _multipart = new MultipartReader(this, delimiter)
            : throw new BadRequestException(RequestRejection.InvalidBoundary);
    }

    internal ServerLimits Limits => _limits;

    internal ReadOnlySpan<byte> ContentType =>
        _request is not null && _request.Headers.TryGet("Content-Type"u8, out ReadOnlySpan<byte> value)
            ? value
            : default;

    /// <summary>An empty form whose memory is given back at the end of the exchange.</summary>
    internal FormFields NewForm()
    {
        _form?.Release();
        return _form = new FormFields();
    }

    /// <summary>A body that has ended gives back what was read of it.</summary>
    private void EndViews(bool isLeftBehind)
    {
        _generation++;
        if (!isLeftBehind)
        {
            _blocks?.Release();
            _form?.Release();
            _multipart?.Release();
        }

        _blocks = null;
        _form = null;
        _multipart = null;
    }

    private bool IsWhole => IsComplete && !HasFailed
        ? true
        : throw new InvalidOperationException("An earlier ReadSequenceAsync has not ended, or has failed.");

    /// <summary>What <see cref="ReadSequenceAsync"/> has read, in one piece.</summary>
    private ReadOnlyMemory<byte> JoinBlocks()
    {
        ReadOnlySequence<byte> sequence = IsWhole ? _blocks!.Sequence : default;
        _whole = BlockPool.Rent(checked((int)sequence.Length));
        sequence.CopyTo(_whole);
        _all = _whole.AsMemory(0, (int)sequence.Length);
        return _all.Value;
    }

    private async ValueTask<ReadOnlySequence<byte>> ReadBlocksAsync(long bytesMax)
    {
        _blocks = new BodyBlocks();
        _isReadingAll = true;
        try
        {
            for (int count; (count = await ReadAsync(_blocks.Free).ConfigureAwait(false)) > 0;)
            {
                _blocks.Fill(count);
                if (_blocks.Length > bytesMax)
                    Throw(RequestRejection.BodyTooLarge);
            }

            return _blocks.Sequence;
        }
        finally
        {
            _isReadingAll = false;
        }
    }

    /// <summary>The stream of one request's body: what outlives the exchange cannot read the next one's.</summary>
    private sealed class BodyStream(RequestBody body) : ForwardStream
    {
        private readonly int _generation = body._generation;

        protected override ValueTask<int> ReadNextAsync(Memory<byte> buffer)
        {
            ObjectDisposedException.ThrowIf(_generation != body._generation, this);
            return body.ReadAsync(buffer);
        }
    }
}
