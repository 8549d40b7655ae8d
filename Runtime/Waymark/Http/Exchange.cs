using Microsoft.Extensions.Logging;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark;

/// <summary>One request and its response.</summary>
/// <remarks>
/// Pooled per connection: valid until the handler's task ends, never afterwards. Not safe for use by several threads at
/// once.
/// </remarks>
public sealed class Exchange
{
    private List<object>? _disposables;

    internal Exchange(Request request, Response response)
    {
        Request = request;
        Response = response;
    }

    /// <summary>What the client asked for.</summary>
    public Request Request { get; }

    /// <summary>What it gets.</summary>
    public Response Response { get; }

    /// <summary>Cancelled when the server's drain time is over: a handler still running should give up.</summary>
    public CancellationToken RequestAborted { get; internal set; }

    /// <summary>The captures of the matched route.</summary>
    internal RouteMatch Match;

    /// <summary>True where something waits for the end of this exchange.</summary>
    internal bool HasDisposables => _disposables is { Count: > 0 };

    /// <summary>
    /// Has an <see cref="IAsyncDisposable"/>, else an <see cref="IDisposable"/>, disposed when the handler's task has
    /// ended, however it ended; the last one first.
    /// </summary>
    internal void RegisterForDispose(object disposable)
    {
        if (disposable is not (IAsyncDisposable or IDisposable))
            throw new ArgumentException("Neither IAsyncDisposable nor IDisposable.", nameof(disposable));
        (_disposables ??= []).Add(disposable);
    }

    /// <summary>Disposes what was registered; what fails at it is logged, and the rest has its turn.</summary>
    internal async ValueTask DisposeRegisteredAsync(ILogger logger)
    {
        // What is disposed may register more: the list is read anew each time.
        while (_disposables is { Count: > 0 } rest)
        {
            object last = rest[^1];
            rest.RemoveAt(rest.Count - 1);
            try
            {
                if (last is IAsyncDisposable later)
                    await later.DisposeAsync().ConfigureAwait(false);
                else
                    ((IDisposable)last).Dispose();
            }
            catch (Exception exception)
            {
                HttpLog.DisposalFailed(logger, exception, Request.Method, Request.Path);
            }
        }
    }
}
