namespace Waymark.Wire.Tests.Support;

/// <summary>What HTTP is spoken on. Everything that HTTP.md promises holds on both.</summary>
/// <remarks>
/// <c>Engine.PlayAsync</c> plays on both by itself. A test whose handler counts its calls asks for one at a time: with
/// a row for each, or, where a class keeps a server, by a class beside it that says <see cref="Tls"/>.
/// </remarks>
public enum Layer
{
    /// <summary>The bare connection.</summary>
    Clear,

    /// <summary>TLS, behind a handshake with a certificate that the client checks.</summary>
    Tls,
}
