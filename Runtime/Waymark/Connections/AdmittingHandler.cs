using Microsoft.Extensions.Logging;

namespace Waymark.Connections;

/// <summary>Asks the program about a connection, then serves it or leaves it to be closed.</summary>
/// <remarks>
/// The innermost handler around the protocol, so that TLS and the PROXY protocol have told by then who the peer is.
/// </remarks>
internal sealed class AdmittingHandler(
    ConnectionHandler inner, Func<ConnectionInfo, CancellationToken, ValueTask<bool>> admit, ILogger logger)
    : ConnectionHandler
{
    public override async Task RunAsync(ConnectionContext context)
    {
        if (await IsAdmittedAsync(context).ConfigureAwait(false))
            await inner.RunAsync(context).ConfigureAwait(false);
        else
            Refuse(context);
    }

    private static void Refuse(ConnectionContext context)
    {
        context.EndReason = ConnectionEnds.NotAdmitted;
        context.Observer?.Rejected(ConnectionEnds.NotAdmitted);
    }

    private async ValueTask<bool> IsAdmittedAsync(ConnectionContext context)
    {
        try
        {
            return await admit(context.Info, context.AbortToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.AbortToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // Whom the program could not judge is not let in.
            ConnectionsLog.AdmissionFailed(logger, context.Id, e);
            return false;
        }
    }
}
