using Waymark.Connections;
using Waymark.Streams;

namespace Waymark;

/// <summary>A <see cref="StreamHandler{TIn, TOut}"/> that keeps something for each client.</summary>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <typeparam name="TState">
/// What is kept. Disposed after the client has left, where it is an <see cref="IAsyncDisposable"/> or an <see
/// cref="IDisposable"/>.
/// </typeparam>
/// <example>
/// <code>
/// sealed class Session
/// {
///     public string? User { get; set; }
/// }
///
/// sealed class Chat : StreamHandler&lt;string, string, Session&gt;
/// {
///     protected override Session CreateState(ConnectionInfo connection) => new();
///
///     protected override async ValueTask HandleAsync(
///         StreamClient&lt;string, string, Session&gt; client, CancellationToken stop)
///     {
///         string line = await client.ReceiveAsync(stop);
///         client.State.User ??= line;
///         await client.SendAsync($"Hello {client.State.User}", stop);
///     }
/// }
/// </code>
/// </example>
public abstract class StreamHandler<TIn, TOut, TState> : StreamHandler<TIn, TOut>
{
    /// <summary>Makes what is kept for a client, before <c>OnConnectedAsync</c>.</summary>
    /// <param name="connection">The client's connection.</param>
    /// <returns>The first value of <see cref="StreamClient{TIn, TOut, TState}.State"/>.</returns>
    protected abstract TState CreateState(ConnectionInfo connection);

    /// <inheritdoc cref="StreamHandler{TIn, TOut}.OnConnectedAsync"/>
    protected virtual ValueTask OnConnectedAsync(StreamClient<TIn, TOut, TState> client, CancellationToken stop) =>
        ValueTask.CompletedTask;

    /// <inheritdoc cref="StreamHandler{TIn, TOut}.HandleAsync"/>
    protected abstract ValueTask HandleAsync(StreamClient<TIn, TOut, TState> client, CancellationToken stop);

    /// <inheritdoc cref="StreamHandler{TIn, TOut}.OnDisconnectedAsync"/>
    protected virtual ValueTask OnDisconnectedAsync(
        StreamClient<TIn, TOut, TState> client, DisconnectReason reason) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected internal sealed override ValueTask OnConnectedAsync(
        StreamClient<TIn, TOut> client, CancellationToken stop) =>
        OnConnectedAsync((StreamClient<TIn, TOut, TState>)client, stop);

    /// <inheritdoc/>
    protected internal sealed override ValueTask HandleAsync(
        StreamClient<TIn, TOut> client, CancellationToken stop) =>
        HandleAsync((StreamClient<TIn, TOut, TState>)client, stop);

    /// <inheritdoc/>
    protected internal sealed override ValueTask OnDisconnectedAsync(
        StreamClient<TIn, TOut> client, DisconnectReason reason) =>
        OnDisconnectedAsync((StreamClient<TIn, TOut, TState>)client, reason);

    internal sealed override StreamClient<TIn, TOut> CreateClient(
        ConnectionContext context, IStreamProtocol<TIn, TOut> protocol, StreamSettings settings) =>
        new StreamClient<TIn, TOut, TState>(context, protocol, settings, CreateState(context.Info));

    internal sealed override async ValueTask ReleaseClientAsync(StreamClient<TIn, TOut> client)
    {
        object? state = ((StreamClient<TIn, TOut, TState>)client).State;
        if (state is IAsyncDisposable later)
            await later.DisposeAsync().ConfigureAwait(false);
        else if (state is IDisposable now)
            now.Dispose();
    }
}
