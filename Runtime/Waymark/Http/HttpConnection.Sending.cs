using System.Runtime.CompilerServices;

namespace Waymark.Http;

/// <content>The sending half: what the writer has put into the output goes to the peer.</content>
internal sealed partial class HttpConnection
{
    /// <summary>Sends everything that was written: one send, unless the answers are large.</summary>
    public ValueTask FlushAsync()
    {
        int count = _output.SegmentCount;
        if (count == 0)
            return ValueTask.CompletedTask;
        if (count > 1)
            return FlushManyAsync();
        ValueTask sending = _connection.SendAsync(_output.GetSegment(0));
        if (!sending.IsCompletedSuccessfully)
            return FinishFlushAsync(sending);
        sending.GetAwaiter().GetResult();
        _output.Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends bytes that were not copied into the output, which is empty.</summary>
    public ValueTask SendDirectAsync(ReadOnlyMemory<byte> bytes) => _connection.SendAsync(bytes);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishFlushAsync(ValueTask sending)
    {
        await sending.ConfigureAwait(false);
        _output.Clear();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushManyAsync()
    {
        for (int index = 0; index < _output.SegmentCount; index++)
            await _connection.SendAsync(_output.GetSegment(index)).ConfigureAwait(false);
        _output.Clear();
    }
}
