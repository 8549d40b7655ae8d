using System.Buffers;
using Waymark.Transport;

namespace Waymark.Connections;

/// <summary>Ends a connection that is served no protocol, so that a last answer arrives.</summary>
/// <remarks>
/// Closing at once would reset the connection if the peer has sent more, and the reset would overtake the answer
/// (RFC 9112 section 9.6). So the sending side is closed first, and what comes is read and dropped for up to a second.
/// </remarks>
internal static class LingeringClose
{
    private const int DiscardBytes = 512;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Sends an answer, if there is one, and lingers; all of it within the second.</summary>
    /// <param name="context">Whose deadline is set.</param>
    /// <param name="connection">The connection of the context, or the one inside a layer.</param>
    /// <param name="answer">What is sent; empty for nothing.</param>
    /// <param name="time">Keeps the deadline.</param>
    public static async ValueTask RunAsync(
        ConnectionContext context, Connection connection, ReadOnlyMemory<byte> answer, TimeProvider time)
    {
        context.SetDeadline(Limit, time);
        if (!answer.IsEmpty)
            await connection.SendAsync(answer).ConfigureAwait(false);
        connection.ShutdownSend();
        byte[] discarded = ArrayPool<byte>.Shared.Rent(DiscardBytes);
        try
        {
            while (!context.HasTimedOut && await connection.ReceiveAsync(discarded).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(discarded);
        }
    }
}
