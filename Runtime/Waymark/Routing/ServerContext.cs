using Microsoft.Extensions.Logging;

namespace Waymark;

/// <summary>What a middleware may know of the server that it stands in.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
public sealed class ServerContext
{
    private readonly Lock _lock = new();
    private readonly List<Func<ValueTask>> _stopped = [];

    internal ServerContext()
    {
    }

    /// <summary><see cref="NetworkServerOptions.Logger"/>, or the console logger of the server.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock: <see cref="NetworkServerOptions.TimeProvider"/>.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary><see cref="NetworkServerOptions.Services"/>, or a provider that has nothing.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The routes of the server.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>Cancelled as the first step of a stop: <see cref="NetworkServer.Stopping"/>.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>True once the server takes no more connections, also where it serves on.</summary>
    internal Func<bool> HasStoppedListening { get; init; } = static () => false;

    /// <summary>
    /// Has something run when the server has stopped and its last request has ended: what a middleware holds is given
    /// back there. The stop waits for it; the last one registered runs first.
    /// </summary>
    /// <remarks>What it throws is logged. After a second signal, which ends the process at once, none runs.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public void OnStopped(Func<ValueTask> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_lock)
            _stopped.Add(callback);
    }

    /// <summary>Takes the callbacks one by one, the last one first.</summary>
    /// <returns>Null where there is no more.</returns>
    internal Func<ValueTask>? TakeStopped()
    {
        lock (_lock)
        {
            if (_stopped.Count == 0)
                return null;
            Func<ValueTask> last = _stopped[^1];
            _stopped.RemoveAt(_stopped.Count - 1);
            return last;
        }
    }
}
