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
    // A race makes two of them at most, which does no harm.
    private TlsHandler? _refusing;

    public override async Task RunAsync(ConnectionContext context)
    {
        var connection = new TlsConnection(context.Connection, settings.Certificates.Current());
        context.Wrap(connection);

        // A client that has not agreed yet is owed nothing: a stop need not wait for it.
        context.IsIdle = true;
        context.SetDeadline(settings.HandshakeTimeout, settings.Time);
        long startedAt = context.Observer is null ? 0 : settings.Time.GetTimestamp();
        string? failure = await connection.HandshakeAsync().ConfigureAwait(false);
        context.Observer?.HandshakeEnded(context, startedAt, failure is null);
        context.IsIdle = false;
        context.ClearDeadline();
        if (failure is null)
        {
            await inner.RunAsync(context).ConfigureAwait(false);
            return;
        }

        if (settings.Logger.IsEnabled(LogLevel.Debug))
            Log(context, connection, failure);
        if (context.HasTimedOut)
            return;

        // Also without an answer of ours: the alert has to arrive.
        ReadOnlyMemory<byte> answer = connection.IsCleartext ? settings.CleartextAnswer : default;
        await LingeringClose.RunAsync(context, connection.Inner, answer, settings.Time).ConfigureAwait(false);
    }

    /// <remarks>It is told over TLS too: a client that sees cleartext there would look for other reasons.</remarks>
    public override ConnectionHandler ForRefusal(ConnectionHandler refusing) =>
        _refusing ??= new TlsHandler(refusing, settings);

    private void Log(ConnectionContext context, TlsConnection connection, string failure) =>
        HandshakeLog.Failed(
            settings.Logger, context.Id,
            context.HasTimedOut ? $"it took longer than {settings.TimeoutOption}"
            : connection.IsCleartext ? "the client speaks no TLS"
            : failure);
}

/// <summary>What handshakes are led by.</summary>
/// <param name="Certificates">Whose.</param>
/// <param name="HandshakeTimeout">How long a handshake may take.</param>
/// <param name="TimeoutOption">The option that says so, for the log.</param>
/// <param name="CleartextAnswer">What a client gets that speaks the inner protocol without TLS.</param>
/// <param name="Time">Keeps the deadlines.</param>
/// <param name="Logger">Takes the log.</param>
internal sealed record TlsHandlerSettings(
    CertificateStore Certificates, TimeSpan HandshakeTimeout, string TimeoutOption,
    ReadOnlyMemory<byte> CleartextAnswer, TimeProvider Time, ILogger Logger);
