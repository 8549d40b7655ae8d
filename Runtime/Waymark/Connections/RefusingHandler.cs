namespace Waymark.Connections;

/// <summary>
/// Serves a connection over the limit: sends the prepared answer, then closes it so that the answer arrives.
/// </summary>
internal sealed class RefusingHandler(ServerSettings settings) : ConnectionHandler
{
    public override async Task RunAsync(ConnectionContext context)
    {
        context.EndReason = ConnectionEnds.OverLimit;
        await LingeringClose.RunAsync(context, context.Connection, settings.RejectionAnswer, settings.Time)
            .ConfigureAwait(false);
    }
}
