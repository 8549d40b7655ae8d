using Microsoft.Extensions.Logging;

namespace Waymark.Hosting;

/// <summary>The log events of this folder: ids 1100 to 1199.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1100, LogLevel.Information, "Listening on {Endpoint}")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(1101, LogLevel.Information, "Stopping: {Reason}; {Count} connection(s) open, drain time {DrainTimeout}")]
    public static partial void Stopping(ILogger logger, string reason, int count, TimeSpan drainTimeout);

    [LoggerMessage(1102, LogLevel.Information, "Stopped after {Elapsed}: {Requests} request(s) on {Connections} connection(s) in all, {Aborted} aborted")]
    public static partial void Stopped(
        ILogger logger, TimeSpan elapsed, long requests, long connections, int aborted);

    [LoggerMessage(1103, LogLevel.Information, "Received {Signal}")]
    public static partial void SignalReceived(ILogger logger, string signal);

    [LoggerMessage(1104, LogLevel.Warning, "Received {Signal} while stopping: ending at once")]
    public static partial void SecondSignalReceived(ILogger logger, string signal);

    [LoggerMessage(1105, LogLevel.Critical, "Stopping because a part of the server has failed, as logged before")]
    public static partial void ServerFailed(ILogger logger);

    [LoggerMessage(1107, LogLevel.Information, "Taking no more connections; {Count} connection(s) are served on")]
    public static partial void ListeningEnds(ILogger logger, int count);

    [LoggerMessage(1106, LogLevel.Error, "A callback on the Stopping token of a server failed.")]
    public static partial void StoppingCallbackFailed(ILogger logger, Exception cause);

    [LoggerMessage(1108, LogLevel.Error, "What a middleware has for the end of the server failed.")]
    public static partial void StoppedCallbackFailed(ILogger logger, Exception cause);

    [LoggerMessage(1110, LogLevel.Warning, "{Options}.Tls is set, but no address is {Scheme}: TLS is not spoken.")]
    public static partial void TlsUnused(ILogger logger, string options, string scheme);

    [LoggerMessage(1111, LogLevel.Warning,
        "Clients without a certificate are served as well (ClientCertificates.Optional): handlers have to look at "
        + "Exchange.Connection.Tls.ClientCertificate, which is null for them.")]
    public static partial void AnonymousClients(ILogger logger);

    [LoggerMessage(1120, LogLevel.Warning,
        "{Count} listening socket(s) were passed to this process (LISTEN_FDS), but the addresses do not name them: "
        + "nobody answers there. fd:listen uses them")]
    public static partial void SocketsUnused(ILogger logger, int count);
}
