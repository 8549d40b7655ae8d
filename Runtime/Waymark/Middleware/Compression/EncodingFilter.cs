using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Waymark.Buffers;
using Waymark.Http.Writing;

namespace Waymark.Middleware;

/// <summary>Compresses the body of one answer into pooled memory.</summary>
/// <remarks>
/// An encoder of the platform cannot be begun anew, so each answer has its own; what is pooled is the memory around it.
/// </remarks>
internal abstract class EncodingFilter : IBodyFilter
{
    private byte[] _output = [];
    private int _length;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output => _output.AsSpan(0, _length);

    /// <summary>Room for what comes next; never empty.</summary>
    protected Span<byte> Free
    {
        get
        {
            if (_length == _output.Length)
                Grow(1);
            return _output.AsSpan(_length);
        }
    }

    /// <summary>Makes the filter of a coding.</summary>
    public static EncodingFilter Of(ContentCoding coding, CompressionLevel level) =>
        coding == ContentCoding.Brotli ? new BrotliFilter(level) : new GzipFilter(level);

    /// <inheritdoc/>
    public abstract void Write(ReadOnlySpan<byte> body);

    /// <inheritdoc/>
    public abstract void Flush();

    /// <inheritdoc/>
    public abstract void Finish();

    /// <inheritdoc/>
    public void ClearOutput() => _length = 0;

    /// <summary>Gives everything back; the filter is not used again.</summary>
    public void Release()
    {
        EndEncoder();
        if (_output.Length > 0)
            BlockPool.Return(_output);
        _output = [];
        _length = 0;
    }

    /// <summary>Gives the encoder's own memory back.</summary>
    protected abstract void EndEncoder();

    /// <summary>Takes what was written into <see cref="Free"/>.</summary>
    protected void Advance(int count) => _length += count;

    private void Grow(int bytes)
    {
        byte[] larger = BlockPool.Rent(Math.Max(_output.Length * 2, _length + bytes));
        _output.AsSpan(0, _length).CopyTo(larger);
        if (_output.Length > 0)
            BlockPool.Return(_output);
        _output = larger;
    }

    [SuppressMessage("Design", "CA1001", Justification = "Release gives the encoder back.")]
    private sealed class BrotliFilter(CompressionLevel level) : EncodingFilter
    {
        // 256 KiB: what a client has to hold for it. The default of 4 MiB is for files.
        private const int WindowBits = 18;

        private BrotliEncoder _encoder = new(
            level switch { CompressionLevel.Fastest => 1, CompressionLevel.Optimal => 4, _ => 11 }, WindowBits);

        public override void Write(ReadOnlySpan<byte> body) => Compress(body, isLast: false);

        public override void Flush()
        {
            OperationStatus status;
            do
            {
                status = _encoder.Flush(Free, out int written);
                Advance(written);
            }
            while (status == OperationStatus.DestinationTooSmall);
        }

        public override void Finish() => Compress(default, isLast: true);

        protected override void EndEncoder() => _encoder.Dispose();

        private void Compress(ReadOnlySpan<byte> body, bool isLast)
        {
            OperationStatus status;
            do
            {
                status = _encoder.Compress(body, Free, out int consumed, out int written, isLast);
                Advance(written);
                body = body[consumed..];
            }
            while (status == OperationStatus.DestinationTooSmall);
        }
    }

    [SuppressMessage("Design", "CA1001", Justification = "Release gives the encoder back.")]
    private sealed class GzipFilter : EncodingFilter
    {
        private readonly GZipStream _encoder;

        public GzipFilter(CompressionLevel level) =>
            _encoder = new GZipStream(new Sink(this), level, leaveOpen: true);

        public override void Write(ReadOnlySpan<byte> body) => _encoder.Write(body);

        public override void Flush() => _encoder.Flush();

        public override void Finish() => _encoder.Dispose();

        protected override void EndEncoder() => _encoder.Dispose();
    }

    /// <summary>Where the platform's encoder writes to.</summary>
    private sealed class Sink(EncodingFilter filter) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (filter._output.Length - filter._length < buffer.Length)
                filter.Grow(buffer.Length);
            buffer.CopyTo(filter._output.AsSpan(filter._length));
            filter._length += buffer.Length;
        }
    }
}
