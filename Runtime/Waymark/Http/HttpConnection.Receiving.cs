using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Connections;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Http;

/// <content>The receiving half: heads and bodies come through it.</content>
internal sealed partial class HttpConnection : IBodySource
{
    // What the rate of a body is reckoned from: its bytes with their framing, and how long its reader waited.
    private long _bodyBytes;
    private TimeSpan _bodyWaited;
    private long _receiveStart;

    ReceiveBuffer IBodySource.Input => _input;

    RequestRejection IBodySource.EndReason =>
        _context.HasTimedOut ? RequestRejection.BodyTimedOut : RequestRejection.BodyIncomplete;

    ValueTask<bool> IBodySource.FillAsync() => ReceiveAsync(ReceiveBuffer.ReadAheadBytesMax);

    ValueTask<int> IBodySource.ReceiveIntoAsync(Memory<byte> destination) => _connection.ReceiveAsync(destination);

    void IBodySource.ReceiveStarting()
    {
        if (_isDraining)
            return;
        ServerLimits limits = _services.Limits;
        _receiveStart = _services.Time.GetTimestamp();
        TimeSpan limit = limits.BodyTimeout;
        if (limits.BodyBytesPerSecondMin > 0)
        {
            // The time that would make the body too slow if nothing came in it.
            TimeSpan left = limits.RateGrace - _bodyWaited
                + TimeSpan.FromSeconds((double)_bodyBytes / limits.BodyBytesPerSecondMin);
            limit = left < limit ? left : limit;
        }

        _receiveDeadline = _receiveStart + Timestamps.FromTimeSpan(_services.Time, limit);
        BeginWait(Waits.Receive);
    }

    void IBodySource.ReceiveEnded(int count)
    {
        if (_isDraining)
            return;
        _bodyBytes += count;
        _bodyWaited += _services.Time.GetElapsedTime(_receiveStart);
        EndWait(Waits.Receive);
    }

    ValueTask IBodySource.SendContinueAsync()
    {
        if (_writer.HasStarted || _writer.BodyBytes > 0)
            return ValueTask.CompletedTask;

        // Room that was reserved for a head, and asked for but not written, must not go out with it.
        _writer.DropBody();
        _output.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
        return FlushAsync();
    }

    /// <summary>Gives the input's block back where the connection can wait for a next request without one.</summary>
    private bool TryReturnInput()
    {
        // A first request mostly is there already, or on its way.
        if (!_context.IsIdle || _isFirst || !_connection.WaitsForFree)
            return false;
        _input.ReturnBlock();
        return true;
    }

    /// <summary>Receives behind what there is; false at the end of the input.</summary>
    private ValueTask<bool> ReceiveAsync(int bytesMax)
    {
        if (!_input.TryMakeRoom(bytesMax))
            return new ValueTask<bool>(false);
        ValueTask<int> receiving = _connection.ReceiveAsync(_input.Free);
        if (!receiving.IsCompletedSuccessfully)
            return FinishReceiveAsync(receiving);
        int count = receiving.Result;
        _input.Fill(count);
        return new ValueTask<bool>(count > 0);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishReceiveAsync(ValueTask<int> receiving)
    {
        int count = await receiving.ConfigureAwait(false);
        _input.Fill(count);
        return count > 0;
    }
}
