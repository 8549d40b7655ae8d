using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http.Parsing;

namespace Waymark.Http;

/// <content>Hands the connection over to another protocol: RFC 9110 section 7.8.</content>
internal sealed partial class HttpConnection
{
    private UpgradedStream? _upgraded;
    private IUpgradedProtocol? _protocol;

    // INVARIANT: under the lock of _output.
    private bool _isUpgradedReading;

    /// <summary>True once a handler has the connection as a stream.</summary>
    public bool IsUpgraded => _upgraded is not null;

    /// <summary>True where the request asks for a protocol and nothing stands in the way of changing to it.</summary>
    public bool CanUpgrade(ReadOnlySpan<byte> protocol)
    {
        Request request = _exchange.Request;
        // A body would have to be read before the first byte of the new protocol, and most clients send none.
        return !request.IsHttp10 && !_writer.HasStarted && !IsUpgraded
            && !request.Head.Has(HeadFacts.Chunked) && request.Head.ContentLength <= 0
            && request.AsksFor(protocol);
    }

    /// <summary>Answers with 101 and hands over; the caller has checked that it can.</summary>
    public async ValueTask<Stream> UpgradeAsync()
    {
        _isClosing = true;
        var stream = new UpgradedStream(this, _services.Limits.KeepAliveTimeout);
        _upgraded = stream;
        await FlushAsync().ConfigureAwait(false);

        // What is sent from here on goes out from where it lies.
        _output.ReturnBlock();
        return stream;
    }

    /// <summary>Writes the head of the 101.</summary>
    public void WriteSwitch(ReadOnlySpan<byte> protocol) => _writer.WriteSwitch(_exchange.Response, protocol);

    /// <summary>The protocol that ends in its own way; null for a bare stream.</summary>
    public void Adopt(IUpgradedProtocol protocol)
    {
        _protocol = protocol;
        _context.Silent = protocol.OnSilence;
    }

    /// <summary>The clock of the deadlines.</summary>
    public TimeProvider Time => _services.Time;

    /// <summary>Where what an upgraded protocol has to tell is logged.</summary>
    public ILogger Logger => _services.Logger;

    /// <summary>The connection's number in the log.</summary>
    public long Id => _context.Id;

    /// <summary>Cancelled as the first step of a stop.</summary>
    public CancellationToken Stopping => _services.Exceptions.Stopping;

    /// <summary>Reads what came behind the request first, then what comes.</summary>
    /// <param name="destination">Not empty.</param>
    /// <param name="limit">How long nothing may come.</param>
    /// <param name="kind">Whether the read ends then, or its protocol is told.</param>
    /// <returns>0 at the end, and where the time was over.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadUpgradedAsync(
        Memory<byte> destination, TimeSpan limit, DeadlineKind kind = DeadlineKind.Receive)
    {
        int count = Math.Min(destination.Length, _input.UnreadLength);
        if (count > 0)
        {
            _input.Unread[..count].CopyTo(destination.Span);
            _input.Consume(count);
            return count;
        }

        BeginUpgradedRead(limit, kind);
        try
        {
            return await _connection.ReceiveAsync(destination).ConfigureAwait(false);
        }
        finally
        {
            lock (_output)
            {
                _isUpgradedReading = false;
                EndWait(Waits.Receive);
            }
        }
    }

    /// <summary>Gives the read that waits, where there is one, another time from now on.</summary>
    public void LimitUpgradedRead(TimeSpan limit)
    {
        lock (_output)
        {
            if (_isUpgradedReading)
                TimeUpgradedRead(limit, DeadlineKind.Receive);
        }
    }

    /// <summary>True where the last read ended because its time was over.</summary>
    public bool HasTimedOut => _context.HasTimedOut;

    /// <summary>Ends a read that waits: the connection receives nothing more.</summary>
    public void StopReceiving() => _connection.StopReceiving();

    /// <summary>Ends everything at once.</summary>
    public void AbortUpgraded()
    {
        _isAborted = true;
        _connection.Abort();
    }

    private void BeginUpgradedRead(TimeSpan limit, DeadlineKind kind)
    {
        lock (_output)
        {
            _isUpgradedReading = true;
            if (limit != Timeout.InfiniteTimeSpan)
                TimeUpgradedRead(limit, kind);
        }
    }

    private void TimeUpgradedRead(TimeSpan limit, DeadlineKind kind)
    {
        _receiveDeadline = _services.Time.GetTimestamp() + Timestamps.FromTimeSpan(_services.Time, limit);
        _receiveKind = kind;
        BeginWait(Waits.Receive);
    }
}
