using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Waymark.Transport;

/// <summary>A byte stream to one peer. Sockets, epoll, the memory transport and TLS stand behind it.</summary>
/// <remarks>
/// One receive and one send may be pending at a time. <see cref="StopReceiving"/> and <see cref="Abort"/> may be called
/// from any thread; everything else belongs to the connection's own task.
/// </remarks>
internal abstract class Connection : IAsyncDisposable
{
    /// <summary>The peer's address, where there is one.</summary>
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>The address on our side, where there is one.</summary>
    public abstract EndPoint? LocalEndPoint { get; }

    /// <summary>What the TLS handshake has settled; null without TLS.</summary>
    public virtual TlsInfo? Tls => null;

    /// <summary>
    /// How many bytes the peer has taken (acknowledged) of everything sent so far; -1 where the transport cannot tell.
    /// </summary>
    /// <remarks>A system call: for connections that are slow, not for every send. From any thread.</remarks>
    public virtual long BytesTaken => -1;

    /// <summary>
    /// True where the peer is known to be gone: it has reset the connection. False where it has only finished sending,
    /// since it may wait for its answer (RFC 9112 section 9.6), and where the transport cannot tell.
    /// </summary>
    /// <remarks>A system call that takes nothing out of the connection. From any thread.</remarks>
    public virtual bool IsPeerGone => false;

    /// <summary>
    /// Whose process the peer is; null where a transport cannot tell, and once the connection is closed.
    /// </summary>
    public virtual PeerCredentials? PeerCredentials => null;

    /// <summary>
    /// True where waiting with a receive into nothing costs no system call more than one into a buffer: then who has
    /// nothing to say holds no buffer.
    /// </summary>
    public virtual bool WaitsForFree => false;

    /// <summary>Told when code that runs on the connection's behalf keeps its transport from going on.</summary>
    public virtual ITurnObserver? Observer { get; set; }

    /// <summary>Starts the connection's task where the transport wants it; never runs it right here.</summary>
    public virtual void Start(IThreadPoolWorkItem work) =>
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    /// <summary>Receives what has come, at least one byte.</summary>
    /// <param name="buffer">
    /// An empty one only waits until there is something to receive: TLS holds no memory for who is silent.
    /// </param>
    /// <returns>
    /// 0 when the peer has finished sending or after <see cref="StopReceiving"/>, and for an empty buffer.
    /// </returns>
    /// <exception cref="IOException">The connection was reset or aborted.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all of the data.</summary>
    /// <exception cref="IOException">The connection was reset or aborted.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> data);

    /// <summary>True where <see cref="SendFileAsync"/> can be called.</summary>
    public virtual bool SendsFiles => false;

    /// <summary>Sends a part of a file without reading it into this process.</summary>
    /// <remarks>It may wait for the disk, and so is called, and goes on, on the thread pool.</remarks>
    /// <param name="file">An open file, for reading.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How many bytes it has, at least one.</param>
    /// <returns>How many were sent; fewer where the file ends before, or has to be read instead.</returns>
    /// <exception cref="IOException">The connection was reset or aborted.</exception>
    public virtual ValueTask<int> SendFileAsync(SafeFileHandle file, long offset, int length) =>
        throw new NotSupportedException("This connection sends no files: see SendsFiles.");

    /// <summary>Makes a pending and every later receive return 0 once what has already come is read.</summary>
    public abstract void StopReceiving();

    /// <summary>Tells the peer that nothing more will be sent (FIN); receiving goes on.</summary>
    public abstract void ShutdownSend();

    /// <summary>Ends the connection at once so that the peer sees a reset; pending calls fail.</summary>
    public abstract void Abort();

    /// <summary>Closes the connection; after <see cref="Abort"/> it only frees what is held.</summary>
    public abstract ValueTask DisposeAsync();
}
