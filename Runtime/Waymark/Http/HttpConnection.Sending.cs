using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Waymark.Http;

/// <content>The sending half: what the writer has put into the output goes to the peer.</content>
/// <remarks>
/// A send that has to wait for the peer is looked at by the sweep, which resets a peer that takes too little
/// (<see cref="ServerLimits.SendTimeout"/>). Large data goes out in pieces: where a transport cannot tell what the peer
/// has taken, the time falls to who takes nothing, not to who takes much.
/// </remarks>
internal sealed partial class HttpConnection
{
    private const int SendBytesMax = 64 * 1024;

    // INVARIANT: true from the first send of a flush to the end of the last one, on whatever thread that is.
    private volatile bool _isSending;

    /// <summary>True while a send waits for the peer: what is in the output may not be touched.</summary>
    public bool IsSending => _isSending;

    /// <summary>Runs what waits for the head, before it is put together.</summary>
    public void RunStarting()
    {
        if (!_exchange.Starting.IsEmpty)
            _exchange.Starting.Run(_exchange, _services.Logger);
    }

    /// <summary>Runs what waits for the end of the answer.</summary>
    private void RunCompleted(bool isFinished)
    {
        _exchange.IsCutOff = !isFinished;
        _exchange.Completed.Run(_exchange, _services.Logger);
    }

    /// <summary>Sends everything that was written: one send, unless the answers are large.</summary>
    public ValueTask FlushAsync()
    {
        ThrowIfSending();
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
        ThrowIfSending();
        _isSending = true;
        try
        {
            await SendPiecesAsync(bytes).ConfigureAwait(false);
        }
        finally
        {
            _isSending = false;
        }
    }

    /// <summary>True where <see cref="SendFileAsync"/> can be called.</summary>
    public bool SendsFiles => _connection.SendsFiles;

    /// <summary>Sends a part of a file; the output is empty.</summary>
    /// <returns>How many bytes were sent; fewer where the file ends before, or has to be read instead.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<long> SendFileAsync(SafeFileHandle file, long offset, long length)
    {
        ThrowIfSending();
        _isSending = true;
        try
        {
            // The disk may keep the thread, and a fast client too: neither is to be a transport's.
            await Task.Yield();
            long sent = 0;
            while (sent < length)
            {
                int piece = (int)Math.Min(length - sent, SendBytesMax);
                ValueTask<int> sending = _connection.SendFileAsync(file, offset + sent, piece);
                int count = sending.IsCompletedSuccessfully
                    ? sending.GetAwaiter().GetResult()
                    : await AwaitSendAsync(sending).ConfigureAwait(false);
                sent += count;
                if (count < piece)
                    break;
            }

            return sent;
        }
        finally
        {
            _isSending = false;
        }
    }

    /// <summary>Refuses what would change the bytes that a send is reading.</summary>
    /// <exception cref="InvalidOperationException">A send has not ended.</exception>
    public void ThrowIfSending()
    {
        if (_isSending)
            ThrowSending();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishFlushAsync(ValueTask sending)
    {
        _isSending = true;
        try
        {
            await AwaitSendAsync(sending).ConfigureAwait(false);
            _output.Clear();
        }
        finally
        {
            _isSending = false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushManyAsync()
    {
        _isSending = true;
        try
        {
            for (int index = 0; index < _output.SegmentCount; index++)
                await SendPiecesAsync(_output.GetSegment(index)).ConfigureAwait(false);
            _output.Clear();
        }
        finally
        {
            _isSending = false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendPiecesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, SendBytesMax);
            ValueTask sending = _connection.SendAsync(bytes[..count]);
            if (sending.IsCompletedSuccessfully)
                sending.GetAwaiter().GetResult();
            else
                await AwaitSendAsync(sending).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitSendAsync(ValueTask sending)
    {
        _sendStart = _services.Time.GetTimestamp();
        BeginWait(Waits.Send);
        try
        {
            await sending.ConfigureAwait(false);
        }
        finally
        {
            EndWait(Waits.Send);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitSendAsync(ValueTask<int> sending)
    {
        _sendStart = _services.Time.GetTimestamp();
        BeginWait(Waits.Send);
        try
        {
            return await sending.ConfigureAwait(false);
        }
        finally
        {
            EndWait(Waits.Send);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowSending() => throw new InvalidOperationException(
        "An earlier write or flush of the answer has not ended: await it before the next one.");
}
