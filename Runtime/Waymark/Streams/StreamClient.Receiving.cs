using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.Connections;
using Waymark.Streams;

namespace Waymark;

/// <content>Receiving: packets are taken out of what has come, and the network is waited for where that is not
/// enough.</content>
public partial class StreamClient<TIn, TOut>
{
    // Packets that are there already and are handed out in a row, before others get their turn.
    private const int InRowMax = 128;
    private const int UnflushedMax = 64 * 1024;

    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReceiveTimeoutMax = TimeSpan.FromDays(1);

    private readonly ReceiveBuffer _input = new();
    private readonly PendingReceive _wait;
    private readonly bool _isServed = true;
    private int _isReceiving;
    private int _inRow;
    private int _examined;
    private long _toSkip;
    private bool _isSkipping;
    private bool _isProbing;
    private bool _hasEnded;
    private bool _isBroken;
    private bool _isUnreadable;

    /// <summary>How often a packet was asked for since the turn began.</summary>
    internal int ReceivesThisTurn { get; set; }

    /// <summary>False for one that connects: then nobody else ends the connection.</summary>
    internal bool IsServed { init => _isServed = value; }

    /// <summary>
    /// Waits for the next packet, as long as <see cref="TcpServerOptions.ReceiveTimeout"/> says.
    /// </summary>
    /// <inheritdoc cref="ReceiveAsync(TimeSpan, CancellationToken)"/>
    public ValueTask<TIn> ReceiveAsync(CancellationToken cancellation = default) =>
        ReceiveAsync(_settings.ReceiveTimeout, cancellation);

    /// <summary>Waits for the next packet.</summary>
    /// <remarks>
    /// A packet that is there already is returned whatever the time. What has come of a packet when the time is over,
    /// or the wait is cancelled, is kept: the next receive goes on with it.
    /// </remarks>
    /// <param name="timeout">
    /// For how long: 0 to 1 day, 0 for not at all; <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The packet.</returns>
    /// <exception cref="TimeoutException">The time is over. The client can be received from and sent to.</exception>
    /// <exception cref="StreamProtocolException">
    /// The packet cannot be read or is too large; see <see cref="StreamProtocolException.IsResumable"/>.
    /// </exception>
    /// <exception cref="ClientDisconnectedException">The peer has left.</exception>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="ProtocolFaultException">The protocol has failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the server stops.</exception>
    /// <exception cref="InvalidOperationException">Another receive has not ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of its range.</exception>
    public ValueTask<TIn> ReceiveAsync(TimeSpan timeout, CancellationToken cancellation = default)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout < TimeSpan.Zero || timeout > ReceiveTimeoutMax))
            ThrowTimeout(timeout);
        cancellation.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _isReceiving, 1) != 0)
            throw new InvalidOperationException("Another receive on this client has not ended: await it first.");
        bool isWaiting = false;
        try
        {
            ReceivesThisTurn++;
            ThrowIfUnreceivable();
            if (_sender.Unflushed < UnflushedMax && ++_inRow < InRowMax && TryTake(out TIn? packet))
                return new ValueTask<TIn>(packet);
            isWaiting = true;
            return WaitAsync(timeout, cancellation);
        }
        finally
        {
            if (!isWaiting)
                Volatile.Write(ref _isReceiving, 0);
        }
    }

    /// <summary>Every packet until the peer has finished sending, or has gone.</summary>
    /// <param name="cancellation">Ends the wait for the next one.</param>
    /// <returns>The packets; to be gone through once.</returns>
    /// <exception cref="TimeoutException">
    /// Nothing came within <see cref="TcpServerOptions.ReceiveTimeout"/>.
    /// </exception>
    /// <exception cref="StreamProtocolException">A packet cannot be read or is too large.</exception>
    public async IAsyncEnumerable<TIn> ReceiveAllAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            TIn packet;
            try
            {
                packet = await ReceiveAsync(cancellation).ConfigureAwait(false);
            }
            catch (ClientDisconnectedException)
            {
                yield break;
            }

            yield return packet;
        }
    }

    [DoesNotReturn]
    private static void ThrowTimeout(TimeSpan timeout) => throw new ArgumentOutOfRangeException(
        nameof(timeout), timeout, "A timeout is 0 to 1 day, or infinite.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TIn> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            if (_sender.Unflushed > 0)
                await _sender.FlushAsync().ConfigureAwait(false);
            if (_inRow >= InRowMax)
            {
                _inRow = 0;
                await Task.Yield();
            }

            long start = timeout == Timeout.InfiniteTimeSpan ? 0 : _settings.Time.GetTimestamp();
            TimeSpan left = timeout;
            TIn? packet;
            while (!TryTake(out packet))
            {
                ThrowIfEnded();
                ValueTask<ReceiveOutcome> waiting = WaitForInputAsync(left, cancellation);
                if (!waiting.IsCompleted)
                    _inRow = 0;
                ReceiveOutcome outcome = await waiting.ConfigureAwait(false);
                _context.IsIdle = false;
                if (outcome != ReceiveOutcome.Received)
                    ThrowOutcome(outcome, timeout, cancellation);
                TakeReceived();
                if (timeout != Timeout.InfiniteTimeSpan)
                    left = Left(timeout, start);
            }

            if (_settings.Turns.MustHop(SlowTurns.NoRoute))
                await HopAsync().ConfigureAwait(false);
            return packet;
        }
        catch (IOException e) when (e is not ClientClosedException)
        {
            _isBroken = true;
            if (IsClosing)
                throw new ClientClosedException();
            throw new ClientDisconnectedException(isReset: true, e);
        }
        finally
        {
            Volatile.Write(ref _isReceiving, 0);
        }
    }

    private ValueTask<ReceiveOutcome> WaitForInputAsync(TimeSpan left, CancellationToken cancellation)
    {
        bool isEmpty = _input.UnreadLength == 0;
        _context.IsIdle = isEmpty;
        _context.State = isEmpty ? ConnectionState.KeepAlive : ConnectionState.Reading;
        if (_wait.IsPending)
            return _wait.WaitAsync(default, left, cancellation);

        // Who has nothing to say holds no buffer, where waiting for that costs nothing.
        _isProbing = isEmpty && _context.RequestCount > 0 && !_isProbing && _connection.WaitsForFree;
        if (_isProbing)
            _input.ReturnBlock();
        else if (!_input.TryMakeRoom(_settings.PacketBytesMax))
            throw new UnreachableException("What fills the buffer without being a packet is refused before.");
        return _wait.WaitAsync(_isProbing ? Memory<byte>.Empty : _input.Free, left, cancellation);
    }

    private void TakeReceived()
    {
        int count = _wait.Take();
        if (_isProbing)
            return;
        if (count == 0)
            _hasEnded = true;
        else
            _input.Fill(count);
    }

    private TimeSpan Left(TimeSpan timeout, long start)
    {
        TimeSpan left = timeout - _settings.Time.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async ValueTask HopAsync()
    {
        if (_settings.Turns.IsFirstHop(SlowTurns.NoRoute))
            StreamsLog.HandlerBlocks(_settings.Logger);
        await Task.Yield();
    }

    [DoesNotReturn]
    private static void ThrowOutcome(ReceiveOutcome outcome, TimeSpan timeout, CancellationToken cancellation)
    {
        throw outcome switch
        {
            ReceiveOutcome.TimedOut => new TimeoutException($"Nothing was received within {timeout}."),
            ReceiveOutcome.Cancelled => new OperationCanceledException(cancellation),
            _ => new ClientClosedException(),
        };
    }

    private void ThrowIfUnreceivable()
    {
        if (IsClosing)
            throw new ClientClosedException();
        if (_isBroken)
            throw new ClientDisconnectedException(isReset: true);
        if (_isUnreadable)
        {
            throw new StreamProtocolException(
                "What follows a packet that could not be read is not known to be one: close the connection.");
        }
    }

    private void ThrowIfEnded()
    {
        if (IsClosing)
            throw new ClientClosedException();
        if (!_hasEnded)
            return;
        if (_context.AbortToken.IsCancellationRequested || _context.IsStopping)
            throw new OperationCanceledException("The server stops.", _context.AbortToken);
        throw new ClientDisconnectedException(isReset: false);
    }

    /// <summary>Takes a packet out of what has come.</summary>
    /// <exception cref="StreamProtocolException">It cannot be read or is too large.</exception>
    /// <exception cref="ProtocolFaultException">The protocol has failed.</exception>
    private bool TryTake([MaybeNullWhen(false)] out TIn packet)
    {
        packet = default;
        if (!TryPass() || (_input.UnreadLength == 0 && !_hasEnded))
            return false;

        var input = NewInput();
        if (!TryRead(ref input, out packet))
        {
            Take(ref input);
            _examined = input.Examined;
            if (_input.UnreadLength < _settings.PacketBytesMax)
                return false;
            _isSkipping = _protocol.CanSkip;
            _isUnreadable = !_isSkipping;
            throw TooLarge(_isSkipping);
        }

        Take(ref input);
        _context.BeginRequest();
        return input.Taken <= _settings.PacketBytesMax ? true : throw TooLarge(isResumable: true);
    }

    private bool TryRead(ref StreamInput input, [MaybeNullWhen(false)] out TIn packet)
    {
        try
        {
            if (!_protocol.TryRead(ref input, out packet))
                return false;
            if (input.Taken > 0)
                return true;
        }
        catch (StreamProtocolException e)
        {
            e.IsResumable = input.Taken + input.ToSkip > 0;
            _isUnreadable = !e.IsResumable;
            Take(ref input);
            throw;
        }
        catch (Exception e)
        {
            _isUnreadable = true;
            throw new ProtocolFaultException("TryRead", e);
        }

        _isUnreadable = true;
        throw new ProtocolFaultException(
            "TryRead", new InvalidOperationException("It has returned a packet, but has advanced over nothing."));
    }

    /// <summary>Passes over what is left of a packet that was refused.</summary>
    /// <returns>False where more of it is to come.</returns>
    private bool TryPass()
    {
        if (_toSkip > 0)
        {
            int here = (int)Math.Min(_toSkip, _input.UnreadLength);
            _input.Consume(here);
            _toSkip -= here;
            if (_toSkip > 0)
                return false;
        }

        if (!_isSkipping)
            return true;
        var input = NewInput();
        try
        {
            _isSkipping = !_protocol.TrySkip(ref input);
        }
        catch (Exception e)
        {
            _isUnreadable = true;
            throw new ProtocolFaultException("TrySkip", e);
        }

        Take(ref input);
        if (_isSkipping && _input.UnreadLength >= _settings.PacketBytesMax)
        {
            _isUnreadable = true;
            throw new ProtocolFaultException(
                "TrySkip", new InvalidOperationException("It takes nothing out of a full buffer."));
        }

        return !_isSkipping;
    }

    private StreamInput NewInput() => new(
        _input.Block.AsMemory(_input.UnreadOffset, _input.UnreadLength), _settings.PacketBytesMax, _hasEnded)
    {
        Examined = _examined,
    };

    private void Take(ref StreamInput input)
    {
        _input.Consume(input.Taken);
        _toSkip += input.ToSkip;
        _examined = 0;
    }

    private StreamProtocolException TooLarge(bool isResumable) =>
        new($"A packet is larger than {_settings.PacketBytesMax} bytes.") { IsResumable = isResumable };

    /// <summary>Receives and drops, until the peer has finished or has had its time.</summary>
    private async ValueTask DrainAsync()
    {
        long start = _settings.Time.GetTimestamp();
        try
        {
            while (!_hasEnded && !_isBroken)
            {
                _input.Consume(_input.UnreadLength);
                if (!_wait.IsPending)
                {
                    _isProbing = false;
                    _ = _input.TryMakeRoom(_settings.PacketBytesMax);
                }

                TimeSpan left = Left(LingerTime, start);
                if (left == TimeSpan.Zero)
                    left = Timeout.InfiniteTimeSpan;
                ReceiveOutcome outcome = await _wait.WaitAsync(_input.Free, left, default).ConfigureAwait(false);
                if (outcome == ReceiveOutcome.Received)
                    TakeReceived();
                if (Left(LingerTime, start) == TimeSpan.Zero)
                    _connection.Abort();
            }
        }
        catch (IOException)
        {
            // It broke, or was aborted: that ends it as well.
        }

        _input.Consume(_input.UnreadLength);
    }
}
