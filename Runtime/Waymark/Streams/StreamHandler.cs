using Waymark.Connections;
using Waymark.Streams;

namespace Waymark;

/// <summary>What a <see cref="TcpServer"/> does with its clients. One object serves all of them at once.</summary>
/// <remarks>
/// <code>
/// OnStartingAsync --> for each client, in a task of its own:
///
///     OnConnectedAsync --> HandleAsync --(returns after a receive)--> HandleAsync --> ...
///            |                 |
///            |                 +-- returns without a receive, fails, the peer leaves, the server stops --+
///            |                                                                                           v
///            +-- fails, or the peer leaves: aborted                                         OnDisconnectedAsync
/// </code>
/// Fields of the handler are shared by all clients; what belongs to one goes into the state of <see
/// cref="StreamHandler{TIn, TOut, TState}"/>.
/// </remarks>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <example>
/// <code>
/// sealed class Echo : StreamHandler&lt;string, string&gt;
/// {
/// protected override async ValueTask HandleAsync(StreamClient&lt;string, string&gt; client, CancellationToken stop) {
/// string line = await client.ReceiveAsync(stop); await client.SendAsync(line, stop); } }
/// </code>
/// </example>
public abstract class StreamHandler<TIn, TOut>
{
    /// <summary>
    /// Called once, when the addresses of the server are open and before a client is let in. Does nothing by default.
    /// </summary>
    /// <remarks>What it throws keeps the server from starting, and nothing is left open.</remarks>
    /// <param name="scope">Takes what is to be ended with the server.</param>
    /// <param name="stop">Cancelled where the server is stopped meanwhile.</param>
    /// <returns>Ends when clients may come.</returns>
    protected internal virtual ValueTask OnStartingAsync(ServiceScope scope, CancellationToken stop) =>
        ValueTask.CompletedTask;

    /// <summary>
    /// Called once for each client, before <see cref="HandleAsync"/>; it may receive and send, for example to ask for a
    /// password. Does nothing by default.
    /// </summary>
    /// <remarks>
    /// Where it closes the client and returns, <see cref="HandleAsync"/> is not called, but <see
    /// cref="OnDisconnectedAsync"/> is. Where it throws, or the peer leaves, neither is.
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="stop">Cancelled when the drain time of a stop is over.</param>
    /// <returns>Ends when the client may be handled.</returns>
    protected internal virtual ValueTask OnConnectedAsync(
        StreamClient<TIn, TOut> client, CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>Called again and again for a client, until that has left.</summary>
    /// <remarks>
    /// Returning after a receive begins a new turn; returning without one closes the connection at once. An exception
    /// is logged and closes it, after <see cref="OnDisconnectedAsync"/>; not logged as an error are those that tell
    /// that the client has left (<see cref="ClientDisconnectedException"/>), is too slow (<see
    /// cref="TimeoutException"/>) or breaks the protocol (<see cref="StreamProtocolException"/>).
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="stop">Cancelled when the drain time of a stop is over.</param>
    /// <returns>Ends with the turn.</returns>
    protected internal abstract ValueTask HandleAsync(StreamClient<TIn, TOut> client, CancellationToken stop);

    /// <summary>Called once for each client that <see cref="OnConnectedAsync"/> let in, before it is closed.</summary>
    /// <remarks>
    /// A farewell can be sent unless <see cref="StreamClient{TIn, TOut}.IsClosing"/>. Does nothing by default. What it
    /// throws is logged.
    /// </remarks>
    /// <param name="client">
    /// The client; <see cref="StreamClient{TIn, TOut}.Failure"/> holds what the turn threw.
    /// </param>
    /// <param name="reason">Why it is let go.</param>
    /// <returns>Ends when the connection may be closed.</returns>
    protected internal virtual ValueTask OnDisconnectedAsync(
        StreamClient<TIn, TOut> client, DisconnectReason reason) => ValueTask.CompletedTask;

    /// <summary>Makes the client of a connection.</summary>
    internal virtual StreamClient<TIn, TOut> CreateClient(
        ConnectionContext context, IStreamProtocol<TIn, TOut> protocol, StreamSettings settings) =>
        new(context, protocol, settings);

    /// <summary>Gives back what <see cref="CreateClient"/> has made beside the client.</summary>
    internal virtual ValueTask ReleaseClientAsync(StreamClient<TIn, TOut> client) => ValueTask.CompletedTask;
}
