using System.Runtime.CompilerServices;

namespace Waymark.Transport.Tls;

/// <summary>A connection as the stream that <see cref="System.Net.Security.SslStream"/> wants.</summary>
/// <remarks>
/// Asynchronous calls only. Cancellation tokens are not looked at: a receive is ended by
/// <see cref="Connection.StopReceiving"/>, a send by <see cref="Connection.Abort"/>. Disposing it leaves the connection
/// open.
/// </remarks>
internal class ConnectionStream(Connection connection) : Stream
{
    /// <summary>The first octet that came; -1 before it.</summary>
    public int FirstOctet { get; private set; } = -1;

    /// <summary>True once the connection below gave its end, so not what TLS calls the end.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> receiving = connection.ReceiveAsync(buffer);

        // A read into nothing waits for octets without holding a buffer: its 0 is no end.
        if (buffer.IsEmpty)
            return receiving;
        return receiving.IsCompletedSuccessfully
            ? new ValueTask<int>(Note(receiving.Result, buffer))
            : FinishAsync(receiving, buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.SendAsync(buffer);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FinishAsync(ValueTask<int> receiving, Memory<byte> buffer) =>
        Note(await receiving.ConfigureAwait(false), buffer);

    private int Note(int count, Memory<byte> buffer)
    {
        if (count == 0)
            HasEnded = true;
        else if (FirstOctet < 0)
            FirstOctet = buffer.Span[0];
        return count;
    }
}
