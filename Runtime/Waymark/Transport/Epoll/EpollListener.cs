using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using Waymark.Transport.Listening;

namespace Waymark.Transport.Epoll;

/// <summary>A listening socket whose connections are spread over the reactors.</summary>
/// <remarks>
/// One reactor watches it and gives each connection to the reactor that has the fewest. A listener for each reactor
/// (SO_REUSEPORT) would spare the handing over, but the kernel chooses by a hash, so that a few connections often share
/// a reactor while another has none; what stands in the queue of a reactor that is held up would wait; and a second
/// server could take the port without having asked for it.
/// </remarks>
internal sealed class EpollListener : Listener, IReactorTarget, IValueTaskSource<Connection?>
{
    // A flood of connections must not keep the reactor from those that it has.
    private const int AcceptsInARowMax = 64;

    private readonly ListeningSocket _socket;
    private readonly Reactor _reactor;
    private readonly int _home;
    private readonly int _descriptor;
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<Connection?> _accept;
    private EdgeState _state;
    private int _acceptsInARow;
    private bool _isShortOfDescriptors;

    // INVARIANT: under _lock, as is every call on the descriptor.
    private bool _isClosed;

    public EpollListener(ListeningSocket socket)
    {
        _socket = socket;
        _home = Reactors.NextHome();
        _reactor = Reactors.All[_home];
        _descriptor = socket.PrepareForAccept();
        _reactor.Watch(_descriptor, this, Readiness.Receive);
    }

    public override Endpoint Endpoint => _socket.Endpoint;

    public override bool HasWaiting => _socket.HasWaiting;

    public override void RefuseNew() => _socket.RefuseNew();

    public override ValueTask<Connection?> AcceptAsync()
    {
        if (_isShortOfDescriptors && !DescriptorRoom.HasRoom())
            throw DescriptorRoom.Exhausted();
        if (_acceptsInARow++ >= AcceptsInARowMax)
        {
            _acceptsInARow = 0;
            _accept.Reset();
            short again = _accept.Version;
            _reactor.Post(this, new NextTurn(this));
            return new ValueTask<Connection?>(this, again);
        }

        if (TryAccept(out Connection? connection, out SocketException? error))
            return error is null ? new ValueTask<Connection?>(connection) : throw error;

        _acceptsInARow = 0;
        _accept.Reset();
        short version = _accept.Version;
        WaitToAccept();
        return new ValueTask<Connection?>(this, version);
    }

    public override ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isClosed)
                return ValueTask.CompletedTask;
            _isClosed = true;
            _reactor.Unwatch(_descriptor);
        }

        _socket.Dispose();
        if (_state.TryEndWait())
            _accept.SetResult(null);
        return ValueTask.CompletedTask;
    }

    Connection? IValueTaskSource<Connection?>.GetResult(short token) => _accept.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Connection?>.GetStatus(short token) => _accept.GetStatus(token);

    void IValueTaskSource<Connection?>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _accept.OnCompleted(continuation, state, token, flags);

    void IReactorTarget.OnReady(Readiness readiness)
    {
        if (_state.OnEdge())
            CompleteAccept();
    }

    void IReactorTarget.OnBlocking()
    {
    }

    private void CompleteAccept()
    {
        if (!TryAccept(out Connection? connection, out SocketException? error))
            WaitToAccept();
        else if (error is null)
            _accept.SetResult(connection);
        else
            _accept.SetException(error);
    }

    private void WaitToAccept()
    {
        if (!_state.TryWait())
        {
            CompleteAccept();
            return;
        }

        bool isClosed;
        lock (_lock)
            isClosed = _isClosed;
        if (isClosed && _state.TryEndWait())
            _accept.SetResult(null);
    }

    /// <summary>Accepts a connection if one waits; null and no error once the listener is closed.</summary>
    /// <returns>False where none waits.</returns>
    private bool TryAccept(out Connection? connection, out SocketException? error)
    {
        connection = null;
        error = null;
        Span<byte> room = stackalloc byte[PeerAddress.StorageBytes];
        while (_state.IsReady)
        {
            _state.Clear();
            Span<byte> address = room;
            int descriptor;
            int errno = 0;
            lock (_lock)
            {
                if (_isClosed)
                {
                    _state.SetReady();
                    return true;
                }

                descriptor = Call(ref address);
                if (descriptor < 0)
                    errno = Marshal.GetLastSystemError();
            }

            if (errno == SystemErrors.TryAgain)
                continue;
            _state.SetReady();
            if (descriptor >= 0)
                connection = Open(descriptor, address);
            else
                error = SystemErrors.ToException(errno);
            return true;
        }

        return false;
    }

    private EpollConnection Open(int descriptor, ReadOnlySpan<byte> address)
    {
        _isShortOfDescriptors = DescriptorRoom.IsShort(descriptor);
        if (_socket.IsTcp && _socket.IsInherited)
        {
            // Others that are bound here have these from the listener.
            SocketOptions.SetNoDelay(descriptor);
            SocketOptions.LimitUnsent(descriptor);
        }

        Reactor reactor = Reactors.LeastLoaded(Reactors.All, _home);
        reactor.AddLoad(1);
        return new EpollConnection(descriptor, reactor, _socket.IsTcp, PeerAddress.Of(address))
        {
            UnixPeer = _socket.IsTcp ? null : PeerAddress.ToEndPoint(address),
        };
    }

    private unsafe int Call(ref Span<byte> address)
    {
        // SAFETY: the kernel writes at most the length that it is told, and tells how long the address would have been.
        uint length = (uint)address.Length;
        fixed (byte* start = address)
        {
            int descriptor = LibC.Accept(
                _descriptor, start, &length, LibC.SocketNonBlocking | LibC.SocketCloseOnExec);
            address = address[..(int)Math.Min(length, (uint)address.Length)];
            return descriptor;
        }
    }

    private sealed class NextTurn(EpollListener listener) : IThreadPoolWorkItem
    {
        public void Execute() => listener.CompleteAccept();
    }
}
