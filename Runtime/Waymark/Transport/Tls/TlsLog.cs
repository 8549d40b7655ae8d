using Microsoft.Extensions.Logging;

namespace Waymark.Transport.Tls;

/// <summary>The log events of this folder: ids 1200 to 1219.</summary>
internal static partial class TlsLog
{
    [LoggerMessage(1200, LogLevel.Information, "The certificates were read again, and new handshakes use them.")]
    public static partial void Reloaded(ILogger logger);

    [LoggerMessage(1201, LogLevel.Error,
        "The certificates could not be read again; those before stay in use. {Problem}")]
    public static partial void ReloadFailed(ILogger logger, string problem);

    [LoggerMessage(1202, LogLevel.Warning, "{Certificate} {Doubt}: clients will refuse it.")]
    public static partial void CertificateDoubtful(ILogger logger, string certificate, string doubt);
}
