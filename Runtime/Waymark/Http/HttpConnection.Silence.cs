using Waymark.Connections;

namespace Waymark.Http;

/// <content>Tells a handler that waits for its own source that the client has been sent nothing for long.</content>
/// <remarks>
/// The look at the peer once a second serves for a clock: an answer that is silent costs no timer of its own.
/// </remarks>
internal sealed partial class HttpConnection
{
    private TaskCompletionSource? _silence;
    private long _silentAt;

    /// <summary>How long an answer of server-sent events may be silent; infinite for any time.</summary>
    public TimeSpan EventKeepAlive => _services.EventKeepAlive;

    /// <summary>Ends when a time from now on is over, to about a second; one wait at a time.</summary>
    /// <remarks>Kept for the next wait where nobody came to its end, so it costs nothing for each event.</remarks>
    public Task WaitForSilenceAsync(TimeSpan limit)
    {
        ObserveAbort();
        TaskCompletionSource? silence = _silence;
        if (silence is null || silence.Task.IsCompleted)
            silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long now = _services.Time.GetTimestamp();
        Volatile.Write(ref _silentAt, now + Timestamps.FromTimeSpan(_services.Time, limit));
        Volatile.Write(ref _silence, silence);
        _context.PeerSeen ??= OnPeerSeen;
        return silence.Task;
    }

    /// <summary>On the sweep's thread.</summary>
    private void OnPeerSeen(long now)
    {
        if (now >= Volatile.Read(ref _silentAt))
            Volatile.Read(ref _silence)?.TrySetResult();
    }
}
