using Microsoft.Extensions.Logging;
using Waymark.Buffers;
using Waymark.Transport;

namespace Waymark.Connections.ProxyProtocol;

/// <summary>Reads the prelude of the PROXY protocol from trusted peers, then lets the protocol inside go on.</summary>
/// <remarks>
/// Whether a prelude is expected is decided by who the peer is, never by what it sends: a trusted peer without one is
/// cut off, and from any other peer nothing is taken for one. Runs as the first step of a connection's own task.
/// </remarks>
internal sealed class ProxyProtocolHandler(
    ConnectionHandler inner, TrustedPeers trusted, TimeSpan timeout, TimeProvider time, ILogger logger)
    : ConnectionHandler
{
    public override Task RunAsync(ConnectionContext context) =>
        trusted.Contains(context.Connection.RemoteEndPoint) ? RunAnnouncedAsync(context) : inner.RunAsync(context);

    /// <summary>A handshake for the sake of a refusal has to be looked for behind the prelude.</summary>
    public override ConnectionHandler ForRefusal(ConnectionHandler refusing)
    {
        ConnectionHandler told = inner.ForRefusal(refusing);
        return ReferenceEquals(told, refusing)
            ? refusing
            : new ProxyProtocolHandler(told, trusted, timeout, time, logger);
    }

    private async Task RunAnnouncedAsync(ConnectionContext context)
    {
        if (await ReadPreludeAsync(context).ConfigureAwait(false))
            await inner.RunAsync(context).ConfigureAwait(false);
    }

    /// <returns>False where the connection is not to be served; it is aborted then, unless the peer ended it.</returns>
    private async Task<bool> ReadPreludeAsync(ConnectionContext context)
    {
        Connection connection = context.Connection;
        byte[]? block = BlockPool.Rent(PreludeParser.BytesMax);
        try
        {
            int filled = 0;
            context.SetDeadline(timeout, time);
            while (true)
            {
                // With nothing sent yet the peer is owed nothing: a stop may close it.
                context.IsIdle = filled == 0;
                int count = await connection.ReceiveAsync(block.AsMemory(filled)).ConfigureAwait(false);
                filled += count;
                PreludeResult result = PreludeParser.Parse(block.AsSpan(0, filled), out ProxyPrelude prelude);
                if (result == PreludeResult.Done)
                {
                    context.IsIdle = false;
                    context.ClearDeadline();
                    context.Wrap(new AnnouncedConnection(connection, prelude, block, filled));
                    block = null;
                    return true;
                }

                if (count == 0 && filled == 0)
                    return false; // A peer that only looked whether someone listens, or was silent until its deadline.
                if (count == 0 || result == PreludeResult.Rejected)
                {
                    ConnectionsLog.PreludeRefused(logger, context.Id, connection.RemoteEndPoint);
                    connection.Abort();
                    return false;
                }
            }
        }
        finally
        {
            if (block is not null)
                BlockPool.Return(block);
        }
    }
}
