using System.Runtime.CompilerServices;
using Waymark.Connections;
using Waymark.Streams;
using Waymark.Transport;

namespace Waymark;

/// <summary>One end of a connection that carries packets: what a handler talks to its client by.</summary>
/// <remarks>
/// Thread safety: one receive at a time; everything else from any thread at any time. Packets of several tasks go out
/// whole and in the order of the calls.
/// </remarks>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
public partial class StreamClient<TIn, TOut> : IAsyncDisposable, ITurnObserver
{
    private readonly ConnectionContext _context;
    private readonly Connection _connection;
    private readonly IStreamProtocol<TIn, TOut> _protocol;
    private readonly StreamSettings _settings;
    private readonly PacketSender _sender;
    private int _isClosing;
    private int _isEnded;

    internal StreamClient(
        ConnectionContext context, IStreamProtocol<TIn, TOut> protocol, StreamSettings settings)
    {
        _context = context;
        _connection = context.Connection;
        _protocol = protocol;
        _settings = settings;
        _sender = new PacketSender(context, _connection);
        _wait = new PendingReceive(_connection, settings.Time);
        context.SendFloor = settings.SendFloor;
        _connection.Observer = this;
    }

    /// <summary>The connection: its addresses, what TLS has settled, whose process the peer is.</summary>
    public ConnectionInfo Connection => _context.Info;

    /// <summary>
    /// True once this side has closed or aborted the connection. False also after the peer has left, until the server
    /// has ended the connection: there may be a farewell to send.
    /// </summary>
    public bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    /// <summary>What ended the client's turn, for <c>OnDisconnectedAsync</c>; null where nothing failed.</summary>
    public Exception? Failure { get; internal set; }

    /// <summary>Sends a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="cancellation">
    /// Gives up; since part of the packet may be out by then, the connection is aborted.
    /// </param>
    /// <returns>Ends when the system has taken all of it: this is what keeps a sender from running ahead.</returns>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="IOException">The connection broke, or the peer took too little for too long.</exception>
    /// <exception cref="ProtocolFaultException">The protocol has failed; nothing of the packet is sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask SendAsync(TOut packet, CancellationToken cancellation = default)
    {
        Write(packet);
        return FlushAsync(cancellation);
    }

    /// <summary>
    /// Writes a packet without sending it yet: for several in one piece. <see cref="FlushAsync"/> sends them, and a
    /// receive that has to wait does so by itself.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <remarks>As many as are written before a flush are kept in memory.</remarks>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="ProtocolFaultException">The protocol has failed; nothing of the packet is sent.</exception>
    public void Write(TOut packet) => _sender.Write(_protocol, packet);

    /// <summary>Sends what was written.</summary>
    /// <param name="cancellation">As for <see cref="SendAsync"/>.</param>
    /// <returns>Ends when the system has taken all that was written before.</returns>
    /// <exception cref="ClientClosedException">This side has closed the connection.</exception>
    /// <exception cref="IOException">The connection broke, or the peer took too little for too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask FlushAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ValueTask flushing = _sender.FlushAsync();
        return flushing.IsCompleted || !cancellation.CanBeCanceled
            ? flushing
            : AwaitFlushAsync(flushing, cancellation);
    }

    /// <summary>
    /// Sends what was written, then closes. What the peer has sent and nobody has received is dropped, and a receive
    /// that waits ends with a <see cref="ClientClosedException"/>. May be called more than once.
    /// </summary>
    /// <returns>Ends when the peer has been told; the handler may go on.</returns>
    public async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
            return;
        _wait.TryEnd(ReceiveOutcome.Closed);
        await _sender.CloseAsync().ConfigureAwait(false);
        _connection.ShutdownSend();
    }

    /// <summary>Ends the connection at once: the peer sees a reset. May be called more than once.</summary>
    public void Abort()
    {
        Volatile.Write(ref _isClosing, 1);
        _sender.Abandon();
        _connection.Abort();
        _wait.TryEnd(ReceiveOutcome.Closed);
    }

    /// <summary>As <see cref="CloseAsync"/>; on the connecting side it also gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync().ConfigureAwait(false);
        if (!_isServed)
        {
            await EndAsync().ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    void ITurnObserver.OnBlocking()
    {
        if (_context.State == ConnectionState.Processing)
            _settings.Turns.Strike(SlowTurns.NoRoute);
    }

    /// <summary>Ends what goes on in both directions, and gives the buffers back; the connection stays open.</summary>
    /// <remarks>
    /// Where it was closed in order, what the peer still sends is dropped for up to a second: closing at once would
    /// reset the connection, and the reset would overtake the last packets.
    /// </remarks>
    internal async ValueTask EndAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _context.State = ConnectionState.Closing;
        await _sender.ReleaseAsync().ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        _wait.End();
        _input.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitFlushAsync(ValueTask flushing, CancellationToken cancellation)
    {
        CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static self => ((StreamClient<TIn, TOut>)self!).Abort(), this);
        try
        {
            await flushing.ConfigureAwait(false);
        }
        catch (IOException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The send was given up, and with it the connection.", e, cancellation);
        }
        finally
        {
            registration.Dispose();
        }
    }
}

/// <summary>As <see cref="StreamClient{TIn, TOut}"/>, with what a handler keeps for its client.</summary>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <typeparam name="TState">What is kept.</typeparam>
public sealed class StreamClient<TIn, TOut, TState> : StreamClient<TIn, TOut>
{
    internal StreamClient(
        ConnectionContext context, IStreamProtocol<TIn, TOut> protocol, StreamSettings settings, TState state)
        : base(context, protocol, settings) => State = state;

    /// <summary>
    /// What <see cref="StreamHandler{TIn, TOut, TState}.CreateState"/> has made for this client, or was put here since.
    /// </summary>
    /// <remarks>The handler's own; disposed by the server after the client has left, where it can be.</remarks>
    public TState State { get; set; }
}
