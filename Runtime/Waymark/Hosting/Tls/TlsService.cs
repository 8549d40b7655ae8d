using Microsoft.Extensions.Logging;
using Waymark.Connections;

namespace Waymark.Hosting.Tls;

/// <summary>What a server does about TLS.</summary>
/// <remarks>
/// Abstract, with one implementation that only <see cref="TlsOptions"/> makes: a native binary whose program makes none
/// holds neither that nor SslStream (about 2 MB).
/// </remarks>
internal abstract class TlsService
{
    /// <summary>Adds a sentence for each option that cannot be.</summary>
    public abstract void Validate(TlsOptions options, List<string> problems);

    /// <summary>Reads the certificates.</summary>
    /// <param name="options">Valid ones.</param>
    /// <param name="purpose">What is spoken inside.</param>
    /// <param name="time">The server's.</param>
    /// <param name="logger">Takes the log.</param>
    /// <param name="problems">Gets a sentence for each certificate that cannot be used.</param>
    /// <returns>A service of its own for the server; not to be used where there are problems.</returns>
    public abstract TlsService Open(
        TlsOptions options, TlsPurpose purpose, TimeProvider time, ILogger logger, List<string> problems);

    /// <summary>The protocol, with a handshake before it.</summary>
    public abstract ConnectionHandler Protect(ConnectionHandler protocol);

    /// <summary>Reads the certificates again.</summary>
    public abstract bool Reload();
}

/// <summary>What TLS needs to know of the protocol inside.</summary>
/// <param name="HandshakeTimeout">How long a handshake may take.</param>
/// <param name="TimeoutOption">The option that says so, for the log.</param>
/// <param name="IsHttp">
/// True to agree on http/1.1 (RFC 7301) and to answer cleartext; false where the protocol has no such name.
/// </param>
internal sealed record TlsPurpose(TimeSpan HandshakeTimeout, string TimeoutOption, bool IsHttp);
