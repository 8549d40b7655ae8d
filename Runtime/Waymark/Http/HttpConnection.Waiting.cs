using System.Runtime.CompilerServices;
using Waymark.Connections;

namespace Waymark.Http;

/// <content>What a handler's exchange waits for, whose turn the one deadline is, and what is left behind.</content>
/// <remarks>
/// A handler may read its body while an answer is being sent, and be watched all the while: a send that waits has the
/// deadline first, because it ends soonest where the peer is stuck, then a read, then the watch.
/// </remarks>
internal sealed partial class HttpConnection
{
    // INVARIANT: under the lock of _output, since a read and a send may end on two threads.
    private Waits _waits;
    private long _sendStart;
    private long _receiveDeadline;
    private DeadlineKind _receiveKind;
    private long _watchAt;

    private CancellationTokenSource? _abortSource;
    private CancellationTokenRegistration _serverAbort;
    private volatile bool _isPeerGone;

    [Flags]
    private enum Waits : byte
    {
        None = 0,
        Send = 1,
        Receive = 2,
        Watch = 4,
    }

    /// <summary>
    /// A token that is cancelled when the peer has reset the connection or the server's drain time is over; from now
    /// on the peer is watched until the exchange ends.
    /// </summary>
    /// <remarks>One source for a connection, made when a handler asks first: nobody else pays for it.</remarks>
    public CancellationToken ObserveAbort()
    {
        CancellationTokenSource source = _abortSource ?? OpenAbortSource();
        if ((_waits & Waits.Watch) == 0)
        {
            _watchAt = _services.Time.GetTimestamp()
                + Timestamps.FromTimeSpan(_services.Time, ConnectionSet.WatchPeriod);
            BeginWait(Waits.Watch);
        }

        return source.Token;
    }

    private void BeginWait(Waits wait)
    {
        lock (_output)
        {
            _waits |= wait;
            Rearm();
        }
    }

    private void EndWait(Waits wait)
    {
        lock (_output)
        {
            _waits &= ~wait;
            Rearm();
        }
    }

    private void Rearm()
    {
        if ((_waits & Waits.Send) != 0)
            _context.SetSendDeadline(_sendStart, _services.Time);
        else if ((_waits & Waits.Receive) != 0)
            _context.SetDeadline(_receiveDeadline, _receiveKind);
        else if ((_waits & Waits.Watch) != 0)
            _context.SetDeadline(_watchAt, DeadlineKind.Watch);
        else
            _context.ClearDeadline();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CancellationTokenSource OpenAbortSource()
    {
        var source = new CancellationTokenSource();
        _abortSource = source;
        _context.PeerGone = OnPeerGone;
        _serverAbort = _context.AbortToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), source);
        return source;
    }

    /// <summary>On the sweep's thread, which must not run what others have registered on the token.</summary>
    private void OnPeerGone()
    {
        _isPeerGone = true;
        if (_abortSource is { } source)
            _ = CancelAsync(source);
    }

    private async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            HttpLog.CancellationFailed(_services.Logger, exception, _context.Id);
        }
    }

    /// <summary>
    /// True where the handler has ended, and a read or write that it began would go on in the next exchange.
    /// </summary>
    private bool IsSomethingLeftBehind =>
        _isSending || _writer.IsWriting || _exchange.Request.Body.IsReading || _upgraded is { IsBusy: true };

    /// <summary>Ends what belongs to the exchange, once the handler's task has ended.</summary>
    /// <returns>False where the connection has to be reset.</returns>
    private bool TryFinish()
    {
        bool isFinished = TryEndHandling() && Complete();
        if (!_exchange.Completed.IsEmpty)
            RunCompleted(isFinished);
        return isFinished;
    }

    /// <summary>Looks whether the handler has left anything behind that still uses the connection.</summary>
    private bool TryEndHandling()
    {
        if (IsSomethingLeftBehind)
        {
            // The blocks are not used again: what was left behind may still write there.
            HttpLog.LeftBehind(_services.Logger, _exchange.Request.Method, _exchange.Request.Path);
            _isLeftBehind = true;
            return false;
        }

        if (_waits != Waits.None)
            EndWait(Waits.Watch);
        return true;
    }
}
