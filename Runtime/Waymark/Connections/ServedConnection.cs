using System.Diagnostics;
using System.Net;

namespace Waymark.Connections;

/// <summary>
/// A connection in the hands of a server: its task, and its place in the <see cref="ConnectionSet"/>.
/// </summary>
/// <remarks>It is its own work item, so that starting a connection allocates no closure.</remarks>
internal sealed class ServedConnection(
    ConnectionContext context, ConnectionHandler handler, ConnectionSet connections, ServerSettings settings)
    : IThreadPoolWorkItem
{
    private const int NotListed = -1;

    private ExecutionContext? _executionContext;

    public ConnectionContext Context { get; } = context;

    /// <summary>Its index in the set.</summary>
    // INVARIANT: written under the set's lock only.
    public int Index { get; set; } = NotListed;

    /// <summary>True for a connection that is served the refusal; those do not count against the limit.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Starts the protocol where the transport wants it, never on the accept loop's time.</summary>
    /// <param name="executionContext">The context that tells <see cref="Server.IsInside"/> whose code runs.</param>
    public void Start(ExecutionContext executionContext)
    {
        _executionContext = executionContext;
        Context.Connection.Start(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Debug.Assert(_executionContext is not null);
        ExecutionContext.Run(_executionContext, static self => _ = ((ServedConnection)self!).RunAsync(), this);
    }

    // Never faults: everything is caught here, so nobody has to await this task.
    private async Task RunAsync()
    {
        EndPoint? peer = Context.Connection.RemoteEndPoint;
        ConnectionsLog.ConnectionOpened(settings.Logger, settings.ConnectionLogLevel, Context.Id, peer);
        if (!IsRefused)
            Context.Observer?.Opened(Context);
        try
        {
            await handler.RunAsync(Context).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Context.EndReason = e.Message;
            ConnectionsLog.ConnectionLost(settings.Logger, Context.Id, e.Message);
        }
        catch (OperationCanceledException e) when (Context.AbortToken.IsCancellationRequested)
        {
            Context.EndReason = ConnectionEnds.Stopping;
            ConnectionsLog.ConnectionLost(settings.Logger, Context.Id, e.Message);
        }
        catch (Exception e)
        {
            Context.EndReason = ConnectionEnds.Fault;
            ConnectionsLog.ConnectionFailed(settings.Logger, Context.Id, e);
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask CloseAsync()
    {
        Context.State = ConnectionState.Closing;
        try
        {
            await Context.Connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ConnectionsLog.ConnectionFailed(settings.Logger, Context.Id, e);
        }

        Context.State = ConnectionState.Closed;
        if (!IsRefused)
            Context.Observer?.Closed(Context);
        if (settings.Logger.IsEnabled(settings.ConnectionLogLevel))
        {
            ConnectionsLog.ConnectionEnded(
                settings.Logger, settings.ConnectionLogLevel, Context.Id, Context.Connection.RemoteEndPoint,
                Context.RequestCount, Context.Info.Age, Context.EndReason ?? ConnectionEnds.Done);
        }

        // Before it leaves the set: a stop waits for what the program put on its connections.
        while (Context.Info.TryTakeValue(out object? value))
            await DisposeAsync(value).ConfigureAwait(false);

        connections.Remove(this);
    }

    private async ValueTask DisposeAsync(object? value)
    {
        try
        {
            if (value is IAsyncDisposable later)
                await later.DisposeAsync().ConfigureAwait(false);
            else if (value is IDisposable now)
                now.Dispose();
        }
        catch (Exception e)
        {
            ConnectionsLog.DisposalFailed(settings.Logger, Context.Id, e);
        }
    }
}
