using System.Net;
using System.Net.Sockets;
using Waymark.Connections;

namespace Waymark.Streams;

/// <summary>What a <see cref="TcpServer"/> serves, whatever its packets are.</summary>
internal abstract class StreamService
{
    /// <summary>Makes the protocol of the connections.</summary>
    public abstract ConnectionHandler CreateHandler(StreamSettings settings);

    /// <summary>Has the program set up what it needs.</summary>
    public abstract ValueTask StartAsync(ServiceScope scope, CancellationToken stop);
}

/// <summary>The service of packets of two types.</summary>
internal sealed class StreamService<TIn, TOut>(
    IStreamProtocol<TIn, TOut> protocol, StreamHandler<TIn, TOut> handler) : StreamService
{
    public override ConnectionHandler CreateHandler(StreamSettings settings) =>
        new StreamConnectionHandler<TIn, TOut>(protocol, handler, settings);

    public override ValueTask StartAsync(ServiceScope scope, CancellationToken stop) =>
        handler.OnStartingAsync(scope, stop);
}

/// <summary>Leads a client through its handler, from the first packet to the last.</summary>
internal sealed class StreamConnectionHandler<TIn, TOut>(
    IStreamProtocol<TIn, TOut> protocol, StreamHandler<TIn, TOut> handler, StreamSettings settings) : ConnectionHandler
{
    public override async Task RunAsync(ConnectionContext context)
    {
        StreamClient<TIn, TOut> client = handler.CreateClient(context, protocol, settings);
        try
        {
            if (!await TryConnectAsync(context, client).ConfigureAwait(false))
                return;
            DisconnectReason reason = client.IsClosing
                ? DisconnectReason.Closed
                : await ServeAsync(context, client).ConfigureAwait(false);
            await DisconnectAsync(context, client, reason).ConfigureAwait(false);
        }
        finally
        {
            await client.EndAsync().ConfigureAwait(false);
            await handler.ReleaseClientAsync(client).ConfigureAwait(false);
        }
    }

    /// <returns>False where the client is not let in: it failed, or has left.</returns>
    private async ValueTask<bool> TryConnectAsync(ConnectionContext context, StreamClient<TIn, TOut> client)
    {
        try
        {
            await handler.OnConnectedAsync(client, context.AbortToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e)
        {
            DisconnectReason reason = Judge(context, client, e);
            context.EndReason = Describe(reason);
            if (reason == DisconnectReason.PeerClosed)
                await client.CloseAsync().ConfigureAwait(false);
            else
                client.Abort();
            return false;
        }
    }

    private async ValueTask<DisconnectReason> ServeAsync(ConnectionContext context, StreamClient<TIn, TOut> client)
    {
        try
        {
            while (true)
            {
                client.ReceivesThisTurn = 0;
                ValueTask handling = handler.HandleAsync(client, context.AbortToken);
                if (handling.IsCompletedSuccessfully)
                    handling.GetAwaiter().GetResult();
                else
                    await handling.ConfigureAwait(false);
                if (client.IsClosing)
                    return DisconnectReason.Closed;
                if (client.ReceivesThisTurn > 0)
                    continue;
                client.Abort();
                return DisconnectReason.NotReceived;
            }
        }
        catch (Exception e)
        {
            return Judge(context, client, e);
        }
    }

    private async ValueTask DisconnectAsync(
        ConnectionContext context, StreamClient<TIn, TOut> client, DisconnectReason reason)
    {
        context.EndReason = Describe(reason);
        try
        {
            await handler.OnDisconnectedAsync(client, reason).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            StreamsLog.FarewellLost(settings.Logger, context.Id, context.Connection.RemoteEndPoint, e.Message);
        }
        catch (Exception e)
        {
            StreamsLog.HandlerFailed(settings.Logger, context.Id, context.Connection.RemoteEndPoint, e);
        }

        await client.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Tells what an exception of the handler means, and logs what somebody should know.</summary>
    private DisconnectReason Judge(ConnectionContext context, StreamClient<TIn, TOut> client, Exception thrown)
    {
        client.Failure = thrown;
        EndPoint? peer = context.Connection.RemoteEndPoint;

        // Where several tasks worked on one client, each may have met the same end.
        if (thrown is AggregateException { InnerExceptions: [Exception only] })
            thrown = only;
        switch (thrown)
        {
            case ClientDisconnectedException e:
                return e.IsReset ? DisconnectReason.PeerLost : DisconnectReason.PeerClosed;
            case OperationCanceledException when context.AbortToken.IsCancellationRequested || context.IsStopping:
                return DisconnectReason.Stopping;
            case ClientClosedException:
                StreamsLog.ClosedClientUsed(settings.Logger, context.Id, peer);
                return DisconnectReason.Closed;
            case ConnectionLostException:
                return DisconnectReason.PeerLost;
            case TimeoutException:
                StreamsLog.ClientTimedOut(settings.Logger, context.Id, peer, thrown.Message);
                return DisconnectReason.TimedOut;
            case StreamProtocolException:
                StreamsLog.ProtocolBroken(settings.Logger, context.Id, peer, thrown.Message);
                return DisconnectReason.ProtocolError;
            default:
                StreamsLog.HandlerFailed(settings.Logger, context.Id, peer, thrown);
                return DisconnectReason.HandlerFailed;
        }
    }

    private static string Describe(DisconnectReason reason) => reason switch
    {
        DisconnectReason.PeerClosed => "the peer has finished",
        DisconnectReason.PeerLost => "the connection broke",
        DisconnectReason.Closed => "closed by the handler",
        DisconnectReason.NotReceived => "the handler wants no more",
        DisconnectReason.TimedOut => "timed out",
        DisconnectReason.ProtocolError => "the protocol was broken",
        DisconnectReason.HandlerFailed => ConnectionEnds.Fault,
        _ => ConnectionEnds.Stopping,
    };
}
