namespace Waymark.Http;

/// <summary>The time that a handler has, as a token; pooled with its source by whoever keeps the time.</summary>
/// <remarks>
/// The source is made when a handler first asks for the token, and used again by later requests as long as it has not
/// been cancelled: a handler that is in time allocates nothing.
/// </remarks>
internal sealed class RequestDeadline
{
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _abort;
    private bool _isObserved;
    private volatile bool _isExpired;

    /// <summary>When the time is over, as a timestamp.</summary>
    public long DueAt { get; set; }

    /// <summary>The deadline around this one.</summary>
    public RequestDeadline? Outer { get; set; }

    /// <summary>The neighbours in the queue of who keeps the time.</summary>
    public RequestDeadline? Previous { get; set; }

    /// <summary>The next one in that queue.</summary>
    public RequestDeadline? Next { get; set; }

    /// <summary>True once the time is over.</summary>
    public bool IsExpired => _isExpired;

    /// <summary>The token: cancelled at the end of the time or of that around it, and by the connection's.</summary>
    public CancellationToken Observe(CancellationToken aborted)
    {
        CancellationToken parent = Outer?.Observe(aborted) ?? aborted;
        lock (this)
        {
            _source ??= new CancellationTokenSource();
            if (!_isObserved)
            {
                _isObserved = true;
                _abort = parent.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
                if (_isExpired)
                    _source.Cancel();
            }

            return _source.Token;
        }
    }

    /// <summary>Ends the time; what the handler has registered on the token runs on the thread pool.</summary>
    /// <returns>The task of what was registered; null where nobody has asked for the token.</returns>
    public Task? Expire()
    {
        lock (this)
        {
            _isExpired = true;
            return _isObserved ? _source!.CancelAsync() : null;
        }
    }

    /// <summary>Makes ready for another request; false where this one cannot be used again.</summary>
    public bool TryReset()
    {
        lock (this)
        {
            Outer = null;
            if (!_isObserved)
                return !_isExpired;
            _isObserved = false;
            bool isQuiet = !_abort.Token.CanBeCanceled || _abort.Unregister();
            return isQuiet && !_isExpired && _source!.TryReset();
        }
    }
}
