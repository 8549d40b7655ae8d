using Waymark.Buffers;

namespace Waymark.Answers;

/// <summary>The body of an answer as a stream to write to.</summary>
/// <remarks>
/// Asynchronous writes wait for the client where much has piled up; synchronous ones cannot, and pile up. A synchronous
/// flush does nothing, since it would block a thread: what was written goes out later. Closing the stream ends nothing:
/// the answer ends with the handler.
/// </remarks>
internal sealed class ResponseStream(Response response) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => response.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : response.WriteAsync(buffer);

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : response.FlushAsync().AsTask();
}
