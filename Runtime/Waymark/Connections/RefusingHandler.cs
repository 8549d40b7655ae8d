using System.Buffers;

namespace Waymark.Connections;

/// <summary>
/// Serves a connection over the limit: sends the prepared answer, then closes it so that the answer arrives.
/// </summary>
/// <remarks>
/// Closing at once would reset the connection if the request is still on its way, and the reset would overtake the
/// answer (RFC 9112 section 9.6). So the sending side is closed first, and what comes is read and dropped for up to a
/// second.
/// </remarks>
internal sealed class RefusingHandler(ServerSettings settings) : ConnectionHandler
{
    private const int DiscardBytes = 512;
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(1);

    public override async Task RunAsync(ConnectionContext context)
    {
        context.EndReason = ConnectionEnds.OverLimit;
        context.SetDeadline(settings.Time.GetTimestamp() + Timestamps.FromTimeSpan(settings.Time, LingerTimeout));
        await context.Connection.SendAsync(settings.RejectionAnswer).ConfigureAwait(false);
        context.Connection.ShutdownSend();
        byte[] discarded = ArrayPool<byte>.Shared.Rent(DiscardBytes);
        try
        {
            while (!context.HasTimedOut && await context.Connection.ReceiveAsync(discarded).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(discarded);
        }
    }
}
