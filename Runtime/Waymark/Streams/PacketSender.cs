using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Connections;
using Waymark.Transport;

namespace Waymark.Streams;

/// <summary>Sends packets of any number of tasks over one connection, whole and in the order of the calls.</summary>
/// <remarks>
/// <code>
/// Write --> filling --(swap)--> sending --> the connection
/// </code>
/// Two buffers: while one goes out, packets are written to the other. Who flushes while another one does waits for the
/// next swap, together with everybody else who came meanwhile: many small packets of many tasks are few sends.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "ReleaseAsync gives the buffers back, once no send reads them.")]
internal sealed class PacketSender(ConnectionContext context, Connection connection)
{
    private readonly Lock _lock = new();

    // INVARIANT: under _lock, but that whoever has set _isSending reads and clears _sending without it.
    private OutputBuffer _filling = new();
    private OutputBuffer _sending = new();
    private TaskCompletionSource? _next;
    private TaskCompletionSource? _idle;
    private Exception? _failure;
    private bool _isSending;
    private bool _isClosed;
    private bool _isReleased;

    /// <summary>How many bytes are written and not flushed.</summary>
    public long Unflushed => Volatile.Read(ref _filling).Length;

    /// <summary>Writes a packet behind those before it.</summary>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="ProtocolFaultException">The protocol has failed; nothing of the packet is sent.</exception>
    public void Write<TIn, TOut>(IStreamProtocol<TIn, TOut> protocol, TOut packet)
    {
        lock (_lock)
        {
            ThrowIfUnusable();
            OutputBuffer.Mark mark = _filling.Position;
            try
            {
                protocol.Write(packet, _filling);
            }
            catch (Exception e)
            {
                _filling.Truncate(mark);
                throw new ProtocolFaultException("Write", e);
            }
        }
    }

    /// <summary>Sends what was written.</summary>
    /// <returns>Ends when the system has taken all that was written before the call.</returns>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public ValueTask FlushAsync()
    {
        lock (_lock)
        {
            ThrowIfUnusable();
            if (_isSending)
            {
                if (_filling.Length == 0)
                    return new ValueTask((_idle ??= NewSignal()).Task);
                return new ValueTask((_next ??= NewSignal()).Task);
            }

            if (_filling.Length == 0)
                return ValueTask.CompletedTask;
            BeginSending();
        }

        return SendAsync();
    }

    /// <summary>Takes no more packets; sends those that it has.</summary>
    /// <remarks>Ends where nothing can be sent any more, too.</remarks>
    public async ValueTask CloseAsync()
    {
        try
        {
            ValueTask flushing = FlushAsync();
            lock (_lock)
                _isClosed = true;
            await flushing.ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody is there to get it.
        }
    }

    /// <summary>Takes no more packets, and forgets those that it has.</summary>
    public void Abandon()
    {
        lock (_lock)
            _isClosed = true;
    }

    /// <summary>Gives the buffers back, once no send is under way.</summary>
    public async ValueTask ReleaseAsync()
    {
        Task? idle = null;
        lock (_lock)
        {
            _isClosed = true;
            if (_isSending)
                idle = (_idle ??= NewSignal()).Task;
        }

        if (idle is not null)
            await idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (_isReleased)
                return;
            _isReleased = true;
            _filling.Dispose();
            _sending.Dispose();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void ThrowIfUnusable()
    {
        if (_isClosed)
            throw new ClientClosedException();
        if (_failure is not null)
            throw new ConnectionLostException(_failure.Message, _failure);
    }

    // Under _lock.
    private void BeginSending()
    {
        _isSending = true;
        (_filling, _sending) = (_sending, _filling);
    }

    private ValueTask SendAsync()
    {
        if (_sending.SegmentCount > 1)
            return SendSlowlyAsync(default, 0);
        ValueTask sending;
        try
        {
            sending = connection.SendAsync(_sending.GetSegment(0));
        }
        catch (IOException e)
        {
            sending = ValueTask.FromException(e);
        }

        if (!sending.IsCompletedSuccessfully)
            return SendSlowlyAsync(sending, 1);
        sending.GetAwaiter().GetResult();
        EndSending();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends what does not go out at once.</summary>
    /// <param name="sending">The send of the first segment, where it has begun.</param>
    /// <param name="begun">How many segments are sent or being sent.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendSlowlyAsync(ValueTask sending, int begun)
    {
        try
        {
            await AwaitSendAsync(sending).ConfigureAwait(false);
            for (int i = begun; i < _sending.SegmentCount; i++)
                await AwaitSendAsync(connection.SendAsync(_sending.GetSegment(i))).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }

        EndSending();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitSendAsync(ValueTask sending)
    {
        if (sending.IsCompletedSuccessfully)
        {
            sending.GetAwaiter().GetResult();
            return;
        }

        context.SetSendDeadline(context.Time.GetTimestamp(), context.Time);
        try
        {
            await sending.ConfigureAwait(false);
        }
        finally
        {
            context.ClearDeadline();
        }
    }

    /// <summary>Lets the next ones send, where they wait.</summary>
    private void EndSending()
    {
        TaskCompletionSource? next;
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            _sending.Clear();
            next = _next;
            _next = null;
            if (next is not null)
            {
                BeginSending();
            }
            else
            {
                _isSending = false;
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
        if (next is not null)
            _ = SendForAsync(next);
    }

    /// <summary>Sends for those who came while another send was under way.</summary>
    private async Task SendForAsync(TaskCompletionSource waiting)
    {
        try
        {
            await SendAsync().ConfigureAwait(false);
            waiting.SetResult();
        }
        catch (Exception e)
        {
            waiting.SetException(e);

            // Seen by whoever waits, if anybody still does.
            _ = waiting.Task.Exception;
        }
    }

    private void Fail(Exception cause)
    {
        TaskCompletionSource? next;
        TaskCompletionSource? idle;
        lock (_lock)
        {
            _failure = cause;
            _isSending = false;
            (next, _next) = (_next, null);
            (idle, _idle) = (_idle, null);
        }

        next?.SetException(cause);
        _ = next?.Task.Exception;
        idle?.SetException(cause);
        _ = idle?.Task.Exception;
    }
}
