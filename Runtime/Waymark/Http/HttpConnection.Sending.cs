using System.Runtime.CompilerServices;

namespace Waymark.Http;

/// <content>The sending half: what the writer has put into the output goes to the peer.</content>
/// <remarks>
/// A send that has to wait for the peer gets a deadline: at it the sweep ends receiving, and some seconds later it
/// aborts the connection. Large data goes out in pieces, so that the deadline falls to who takes nothing, not to who
/// takes much.
/// </remarks>
internal sealed partial class HttpConnection
{
    private const int SendBytesMax = 64 * 1024;

    /// <summary>Sends everything that was written: one send, unless the answers are large.</summary>
    public ValueTask FlushAsync()
    {
        int count = _output.SegmentCount;
        if (count == 0)
            return ValueTask.CompletedTask;
        ReadOnlyMemory<byte> first = _output.GetSegment(0);
        if (count > 1 || first.Length > SendBytesMax)
            return FlushManyAsync();
        ValueTask sending = _connection.SendAsync(first);
        if (!sending.IsCompletedSuccessfully)
            return FinishFlushAsync(sending);
        sending.GetAwaiter().GetResult();
        _output.Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends bytes that were not copied into the output, which is empty.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendDirectAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, SendBytesMax);
            SetDeadline(_services.Limits.SendTimeout);
            await _connection.SendAsync(bytes[..count]).ConfigureAwait(false);
            bytes = bytes[count..];
        }

        _context.ClearDeadline();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishFlushAsync(ValueTask sending)
    {
        SetDeadline(_services.Limits.SendTimeout);
        await sending.ConfigureAwait(false);
        _context.ClearDeadline();
        _output.Clear();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushManyAsync()
    {
        for (int index = 0; index < _output.SegmentCount; index++)
            await SendDirectAsync(_output.GetSegment(index)).ConfigureAwait(false);
        _output.Clear();
    }
}
