using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Waymark.Streams;

namespace Waymark;

/// <summary>What a handler sets up when its server starts, and what becomes of that when it stops.</summary>
/// <remarks>
/// Made once for a server, when its addresses are open and before a client is let in. At the end of a stop, when the
/// last client has left, background tasks are cancelled and awaited, then the callbacks run, the last one registered
/// first. Thread safety: every member may be used from any thread at any time.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or handle; tasks may keep its token.")]
public sealed class ServiceScope
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Func<ValueTask>> _callbacks = [];
    private readonly List<Task> _tasks = [];
    private Task? _end;
    private bool _hasEnded;

    internal ServiceScope()
    {
    }

    /// <summary>The server's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The server's clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary><see cref="NetworkServerOptions.Services"/>; null where there are none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>What is listened on, with real ports.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>Cancelled as the first step of a stop, while clients are still there.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>The context that clients start with: see <see cref="CaptureContext"/>.</summary>
    internal ExecutionContext? Context { get; private set; }

    /// <summary>Ends where a background task has failed.</summary>
    internal Task Failed => _failed.Task;

    /// <summary>Has something run at the end of a stop. What it throws is logged.</summary>
    /// <param name="callback">What is run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The server has stopped.</exception>
    public void OnStop(Func<ValueTask> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            _callbacks.Add(callback);
        }
    }

    /// <summary>Has something disposed at the end of a stop.</summary>
    /// <param name="resource">What is disposed.</param>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The server has stopped.</exception>
    public T Use<T>(T resource)
        where T : IAsyncDisposable
    {
        ArgumentNullException.ThrowIfNull(resource);
        OnStop(resource.DisposeAsync);
        return resource;
    }

    /// <summary>Runs something beside the clients, until the end of a stop.</summary>
    /// <remarks>
    /// Its token is cancelled when the last client has left, and the stop waits for it to end. Where it fails before
    /// that, the server stops, as it would do without an address: it would not do what it is for. To end without an
    /// exception is no failure.
    /// </remarks>
    /// <param name="work">What is run, on the thread pool.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The server has stopped.</exception>
    public void Run(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            _tasks.Add(Task.Run(() => RunAsync(work), CancellationToken.None));
        }
    }

    /// <summary>
    /// Has every client start with the ambient context (<see cref="AsyncLocal{T}"/>) that is there now. What
    /// <c>OnStartingAsync</c> sets without awaiting anything before is captured without this call.
    /// </summary>
    /// <remarks>An <c>async</c> method needs it, since what it sets is lost to its caller.</remarks>
    public void CaptureContext() => Context = ExecutionContext.Capture();

    /// <summary>Ends it, once no client is left.</summary>
    /// <returns>Ends when it has ended, whoever called first.</returns>
    internal Task EndAsync()
    {
        lock (_lock)
            return _end ??= Task.Run(EndCoreAsync);
    }

    private async Task EndCoreAsync()
    {
        Task[] tasks;
        lock (_lock)
        {
            _hasEnded = true;
            tasks = [.. _tasks];
        }

        await _ending.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(tasks).ConfigureAwait(false);
        for (int i = _callbacks.Count - 1; i >= 0; i--)
        {
            try
            {
                await _callbacks[i]().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                StreamsLog.StopCallbackFailed(Logger, e);
            }
        }
    }

    // Never faults.
    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // What it was asked for.
        }
        catch (Exception e)
        {
            StreamsLog.BackgroundFailed(Logger, e);
            _failed.TrySetResult();
        }
    }
}
