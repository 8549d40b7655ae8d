namespace Waymark.Connections;

/// <summary>The state of a server, written by whoever takes a step and read by anybody.</summary>
internal sealed class Lifecycle
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // INVARIANT: never becomes less.
    private int _state = (int)ServerState.Created;

    /// <summary>Where the server is.</summary>
    public ServerState State => (ServerState)Volatile.Read(ref _state);

    /// <summary>Ends when the server runs; cancelled where it was stopped before that.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Goes on to a state; one that is there or behind is no step.</summary>
    /// <returns>True where this call took the step.</returns>
    public bool TryAdvance(ServerState state)
    {
        int current = Volatile.Read(ref _state);
        while (current < (int)state)
        {
            int seen = Interlocked.CompareExchange(ref _state, (int)state, current);
            if (seen == current)
            {
                if (state == ServerState.Running)
                    _ready.TrySetResult();
                else if (state > ServerState.Running)
                    _ready.TrySetCanceled(CancellationToken.None);
                return true;
            }

            current = seen;
        }

        return false;
    }
}
