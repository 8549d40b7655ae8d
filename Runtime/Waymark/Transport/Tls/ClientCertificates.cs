namespace Waymark;

/// <summary>Whether clients show certificates: a closed choice, with a trust list wherever they are asked.</summary>
/// <remarks>
/// There is no way to ask for certificates and trust any, nor to give a trust list and forget to ask. Immutable.
/// </remarks>
public sealed class ClientCertificates
{
    private ClientCertificates(ClientTrust? trust, bool isRequired)
    {
        Trust = trust;
        IsRequired = isRequired;
    }

    /// <summary>No client is asked for one: every client is anonymous to TLS, as on most web sites.</summary>
    public static ClientCertificates None { get; } = new(null, isRequired: false);

    /// <summary>Whom to trust; null for <see cref="None"/>.</summary>
    internal ClientTrust? Trust { get; }

    /// <summary>False where a client may come without a certificate.</summary>
    internal bool IsRequired { get; }

    /// <summary>
    /// Every client must show a certificate that chains to the trust list; the handshake of any other one fails.
    /// </summary>
    /// <param name="trust">The authorities that issue the certificates.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trust"/> is null.</exception>
    public static ClientCertificates Required(ClientTrust trust) => new(NotNull(trust), isRequired: true);

    /// <summary>
    /// Clients are asked, and may come without a certificate; one that is shown must chain to the trust list, else the
    /// handshake fails.
    /// </summary>
    /// <remarks>
    /// Handlers look at <see cref="TlsInfo.ClientCertificate"/>, which is null for the anonymous; a warning at the
    /// start says that such are served.
    /// </remarks>
    /// <param name="trust">The authorities that issue the certificates.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trust"/> is null.</exception>
    public static ClientCertificates Optional(ClientTrust trust) => new(NotNull(trust), isRequired: false);

    /// <summary>The name of the choice.</summary>
    public override string ToString() =>
        Trust is null ? nameof(None) : IsRequired ? nameof(Required) : nameof(Optional);

    private static ClientTrust NotNull(ClientTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return trust;
    }
}
