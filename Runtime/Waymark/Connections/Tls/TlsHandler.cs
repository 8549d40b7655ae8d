using System.Buffers;
using Microsoft.Extensions.Logging;
using Waymark.Transport.Tls;

namespace Waymark.Connections.Tls;

/// <summary>Agrees on TLS, then speaks another protocol on the connection.</summary>
/// <remarks>
/// <code>
/// accepted --> handshake --(agreed)--> the protocol inside
///                 |--(deadline, reset, stop)--> closed
///                 |--(cleartext came)--> an answer in the clear --+
///                 +--(else: its alert has gone out)---------------+--> shut down, linger 1 s, closed
/// </code>
/// All of it is the connection's own task: the accept loop is never held up. A failed handshake is the client's affair:
/// it is logged at Debug and counts as no error.
/// </remarks>
internal sealed class TlsHandler(ConnectionHandler inner, TlsHandlerSettings settings) : ConnectionHandler
{
    private const int DiscardBytes = 512;
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    // A race makes two of them at most, which does no harm.
    private TlsHandler? _refusing;

    public override async Task RunAsync(ConnectionContext context)
    {
        var connection = new TlsConnection(context.Connection, settings.Certificates.Current());
        context.Wrap(connection);

        // A client that has not agreed yet is owed nothing: a stop need not wait for it.
        context.IsIdle = true;
        SetDeadline(context, settings.HandshakeTimeout);
        string? failure = await connection.HandshakeAsync().ConfigureAwait(false);
        context.IsIdle = false;
        context.ClearDeadline();
        if (failure is null)
        {
            await inner.RunAsync(context).ConfigureAwait(false);
            return;
        }

        if (settings.Logger.IsEnabled(LogLevel.Debug))
            Log(context, connection, failure);
        if (!context.HasTimedOut)
            await LeaveAsync(context, connection).ConfigureAwait(false);
    }

    /// <remarks>It is told over TLS too: a client that sees cleartext there would look for other reasons.</remarks>
    public override ConnectionHandler ForRefusal(ConnectionHandler refusing) =>
        _refusing ??= new TlsHandler(refusing, settings);

    /// <summary>
    /// Ends so that the alert, or the answer, arrives: closing at once would reset the connection where the client has
    /// sent more (RFC 9112 section 9.6).
    /// </summary>
    private async ValueTask LeaveAsync(ConnectionContext context, TlsConnection connection)
    {
        SetDeadline(context, LingerTime);
        if (connection.IsCleartext)
            await connection.Inner.SendAsync(settings.CleartextAnswer).ConfigureAwait(false);
        connection.Inner.ShutdownSend();
        byte[] discarded = ArrayPool<byte>.Shared.Rent(DiscardBytes);
        try
        {
            while (!context.HasTimedOut && await connection.Inner.ReceiveAsync(discarded).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(discarded);
        }
    }

    private void Log(ConnectionContext context, TlsConnection connection, string failure) =>
        HandshakeLog.Failed(
            settings.Logger, context.Id,
            context.HasTimedOut ? "it took longer than ServerLimits.TlsHandshakeTimeout"
            : connection.IsCleartext ? "the client speaks no TLS"
            : failure);

    private void SetDeadline(ConnectionContext context, TimeSpan limit) =>
        context.SetDeadline(settings.Time.GetTimestamp() + Timestamps.FromTimeSpan(settings.Time, limit));
}

/// <summary>What handshakes are led by.</summary>
/// <param name="Certificates">Whose.</param>
/// <param name="HandshakeTimeout">How long a handshake may take.</param>
/// <param name="CleartextAnswer">What a client gets that speaks the inner protocol without TLS.</param>
/// <param name="Time">Keeps the deadlines.</param>
/// <param name="Logger">Takes the log.</param>
internal sealed record TlsHandlerSettings(
    CertificateStore Certificates, TimeSpan HandshakeTimeout, ReadOnlyMemory<byte> CleartextAnswer, TimeProvider Time,
    ILogger Logger);
