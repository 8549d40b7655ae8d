using Waymark.Connections;
using Waymark.Http.Parsing;

namespace Waymark.Http;

/// <content>Hands the connection over to another protocol: RFC 9110 section 7.8.</content>
internal sealed partial class HttpConnection
{
    private UpgradedStream? _upgraded;

    /// <summary>True once a handler has the connection as a stream.</summary>
    public bool IsUpgraded => _upgraded is not null;

    /// <summary>True where the request asks for a protocol and nothing stands in the way of changing to it.</summary>
    public bool CanUpgrade(ReadOnlySpan<byte> protocol)
    {
        Request request = _exchange.Request;
        // A body would have to be read before the first byte of the new protocol, and most clients send none.
        return request.Head.Has(HeadFacts.Upgrade) && !request.IsHttp10 && !_writer.HasStarted && !IsUpgraded
            && !request.Head.Has(HeadFacts.Chunked) && request.Head.ContentLength <= 0
            && UpgradeField.Lists(request.Headers, protocol);
    }

    /// <summary>Answers with 101 and hands over; the caller has checked that it can.</summary>
    public async ValueTask<Stream> UpgradeAsync()
    {
        _isClosing = true;
        var stream = new UpgradedStream(this, _services.Limits.KeepAliveTimeout);
        _upgraded = stream;
        await FlushAsync().ConfigureAwait(false);
        return stream;
    }

    /// <summary>Writes the head of the 101.</summary>
    public void WriteSwitch(ReadOnlySpan<byte> protocol) => _writer.WriteSwitch(_exchange.Response, protocol);

    /// <summary>Reads what came behind the request first, then what comes.</summary>
    /// <param name="destination">Not empty.</param>
    /// <param name="limit">How long nothing may come.</param>
    /// <returns>0 at the end, and where the time was over.</returns>
    public async ValueTask<int> ReadUpgradedAsync(Memory<byte> destination, TimeSpan limit)
    {
        int count = Math.Min(destination.Length, _input.UnreadLength);
        if (count > 0)
        {
            _input.Unread[..count].CopyTo(destination.Span);
            _input.Consume(count);
            return count;
        }

        bool isTimed = limit != Timeout.InfiniteTimeSpan;
        if (isTimed)
        {
            _receiveDeadline = _services.Time.GetTimestamp() + Timestamps.FromTimeSpan(_services.Time, limit);
            BeginWait(Waits.Receive);
        }

        try
        {
            return await _connection.ReceiveAsync(destination).ConfigureAwait(false);
        }
        finally
        {
            if (isTimed)
                EndWait(Waits.Receive);
        }
    }

    /// <summary>True where the last read ended because its time was over.</summary>
    public bool HasTimedOut => _context.HasTimedOut;

    /// <summary>Ends a read that waits: the connection receives nothing more.</summary>
    public void StopReceiving() => _connection.StopReceiving();

    /// <summary>Ends everything at once.</summary>
    public void AbortUpgraded() => _connection.Abort();
}
