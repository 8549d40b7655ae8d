namespace Waymark.Transport.Epoll;

/// <summary>What is known of one direction of an edge-triggered descriptor, between its user and its reactor.</summary>
/// <remarks>
/// <code>
///   ready --- Clear: a call may take all there is ---> none --- TryWait ---> waiting
///     ^                                                 |                      |
///     +------------------ OnEdge: false ---------------+---- OnEdge: true ----+
/// </code>
/// Ready at first, and until a call would block. Whoever makes ready of waiting completes what waited, and nobody else
/// touches it meanwhile.
/// </remarks>
internal struct EdgeState
{
    private const int Ready = 0;
    private const int None = 1;
    private const int Waiting = 2;

    private int _state;

    /// <summary>True where a call is worth its while.</summary>
    public readonly bool IsReady => Volatile.Read(in _state) == Ready;

    /// <summary>True where somebody waits for an edge.</summary>
    public readonly bool IsWaiting => Volatile.Read(in _state) == Waiting;

    /// <summary>Before a call that may take all there is: an edge during it or behind it must not be lost.</summary>
    public void Clear() => Interlocked.Exchange(ref _state, None);

    /// <summary>After a call that has left something.</summary>
    public void SetReady() => Volatile.Write(ref _state, Ready);

    /// <summary>Begins to wait.</summary>
    /// <returns>False where an edge has come since <see cref="Clear"/>.</returns>
    public bool TryWait() => Interlocked.CompareExchange(ref _state, Waiting, None) == None;

    /// <summary>Ends a wait without an edge.</summary>
    /// <returns>True where somebody waited: the caller completes it.</returns>
    public bool TryEndWait() => Interlocked.CompareExchange(ref _state, Ready, Waiting) == Waiting;

    /// <summary>An edge has come.</summary>
    /// <returns>True where somebody waited: the caller completes it.</returns>
    public bool OnEdge()
    {
        while (true)
        {
            int state = Volatile.Read(ref _state);
            if (state == Ready)
                return false;
            if (Interlocked.CompareExchange(ref _state, Ready, state) == state)
                return state == Waiting;
        }
    }
}
