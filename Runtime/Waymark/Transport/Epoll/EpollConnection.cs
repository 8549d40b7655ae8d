using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Threading.Tasks.Sources;

namespace Waymark.Transport.Epoll;

/// <summary>A connection over a socket that a reactor watches: TCP or Unix domain, on Linux.</summary>
/// <remarks>
/// Receives and sends are tried at once, on the thread that calls; only what would block waits for the reactor, whose
/// thread then completes it, so that a handler that does not wait for anything runs there without a hop. Watched
/// edge-triggered and once for all: a level-triggered descriptor would have to be switched off and on around every
/// message that is not read at once, two system calls. It is watched from the first time on at which something would
/// block, which short connections never come to.
/// <para>
/// The object is its own pending receive and send, each used again and again: nothing is allocated.
/// </para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The descriptor is closed by DisposeAsync and Abort.")]
internal sealed partial class EpollConnection(
    int descriptor, Reactor reactor, bool isTcp, in PeerAddress remote)
    : Connection, IReactorTarget, IValueTaskSource<int>, IValueTaskSource, IThreadPoolWorkItem
{
    private readonly PeerAddress _remote = remote;
    private SharedDescriptor _descriptor = new(descriptor);
    private EndPoint? _remoteEndPoint;
    private int _isWatched;
    private int _isEnded;

    /// <summary>Set at once where the peer has a Unix socket.</summary>
    public EndPoint? UnixPeer { init => _remoteEndPoint = value; }

    public override EndPoint? RemoteEndPoint => _remoteEndPoint ??= _remote.ToEndPoint();

    public override EndPoint? LocalEndPoint
    {
        get
        {
            if (!_descriptor.TryEnter())
                return null;
            try
            {
                return SocketOptions.ReadName(_descriptor.Number);
            }
            finally
            {
                _descriptor.Exit();
            }
        }
    }

    public override long BytesTaken => TryReadInfo(out TcpInfo info) ? info.BytesAcknowledged : -1;

    public override bool IsPeerGone => TryReadInfo(out TcpInfo info) && info.IsClosed;

    public override PeerCredentials? PeerCredentials
    {
        get
        {
            if (isTcp || !_descriptor.TryEnter())
                return null;
            try
            {
                return SocketOptions.ReadPeerCredentials(_descriptor.Number);
            }
            finally
            {
                _descriptor.Exit();
            }
        }
    }

        public override bool WaitsForFree => true;

    /// <summary>Runs on the reactor's thread.</summary>
    public override void Start(IThreadPoolWorkItem work) => reactor.Post(this, work);

    public override void StopReceiving() => Shutdown(LibC.ShutdownRead);

    public override void ShutdownSend() => Shutdown(LibC.ShutdownWrite);

    public override void Abort()
    {
        if (_descriptor.TryEnter())
        {
            // Linger on with 0 seconds makes close send a reset and drop what is unsent (socket(7), RFC 9293 3.10.5).
            SocketOptions.LingerForReset(_descriptor.Number);
            _descriptor.Exit();
        }

        End();
    }

    public override ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    void IReactorTarget.OnReady(Readiness readiness)
    {
        if ((readiness & (Readiness.Send | Readiness.Error | Readiness.HangUp)) != 0)
            OnSendReady();
        if ((readiness & (Readiness.Receive | Readiness.Ended)) != 0)
            OnReceiveReady((readiness & Readiness.Ended) != 0);
    }

    void IReactorTarget.OnBlocking() => Observer?.OnBlocking();

    /// <summary>Goes on with a receive that has given others their turn.</summary>
    void IThreadPoolWorkItem.Execute() => CompleteReceive();

    /// <summary>Closes the descriptor as soon as no call is under way on it, and fails what waits.</summary>
    private void End()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        reactor.AddLoad(-1);
        _descriptor.Close();

        // Not here: the caller may hold locks, or be the sweep.
        if (_receiveState.IsWaiting || _sendState.IsWaiting)
            ThreadPool.UnsafeQueueUserWorkItem(new Failure(this), preferLocal: false);
    }

    private void Watch()
    {
        if (Volatile.Read(ref _isWatched) != 0)
            return;

        // Where it is closed, whoever waits finds that out next; its number may be another connection's by now.
        if (!_descriptor.TryEnter())
            return;
        try
        {
            if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            {
                reactor.Watch(
                    _descriptor.Number, this, Readiness.Receive | Readiness.Send | Readiness.PeerFinished);
            }
        }
        finally
        {
            _descriptor.Exit();
        }
    }

    private void Shutdown(int how)
    {
        if (!_descriptor.TryEnter())
            return;

        // Where it fails, the peer has reset the connection: what was asked for is already so.
        _ = LibC.Shutdown(_descriptor.Number, how);
        _descriptor.Exit();
    }

    private bool TryReadInfo(out TcpInfo info)
    {
        info = default;
        if (!isTcp || !_descriptor.TryEnter())
            return false;
        try
        {
            return SocketOptions.TryReadTcpInfo(_descriptor.Number, out info);
        }
        finally
        {
            _descriptor.Exit();
        }
    }

    /// <summary>Fails what waits, on the thread pool.</summary>
    private sealed class Failure(EpollConnection connection) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            connection.FailReceive();
            connection.FailSend();
        }
    }
}
