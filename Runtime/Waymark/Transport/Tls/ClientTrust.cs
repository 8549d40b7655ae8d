using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Waymark;

/// <summary>The authorities whose certificates clients may show. The machine's own store has no say.</summary>
/// <remarks>
/// Immutable. A file is read when the server binds its addresses, and again as <see cref="TlsOptions.ReloadPeriod"/>
/// says.
/// </remarks>
public sealed class ClientTrust
{
    private readonly X509Certificate2Collection _given = [];
    private readonly X509RevocationMode _revocation;

    private ClientTrust(string[] paths, X509Certificate2[] authorities, X509RevocationMode revocation)
    {
        Paths = paths;
        _given.AddRange(authorities);
        _revocation = revocation;
    }

    /// <summary>The files that it is read from.</summary>
    internal string[] Paths { get; }

    /// <summary>Reads authorities from a PEM file.</summary>
    /// <param name="path">At least one root (self-signed) certificate; intermediate ones help to build chains.</param>
    /// <param name="revocation">
    /// Whether revoked certificates are refused. Default: not looked at. <see cref="X509RevocationMode.Online"/> asks
    /// the authority during the handshake, and refuses who it cannot ask about.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ClientTrust FromPem(string path, X509RevocationMode revocation = X509RevocationMode.NoCheck)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new ClientTrust([path], [], revocation);
    }

    /// <summary>Takes authorities that the program has, without a check for revocation.</summary>
    /// <param name="authorities">At least one root (self-signed) certificate.</param>
    /// <exception cref="ArgumentNullException"><paramref name="authorities"/> is null.</exception>
    public static ClientTrust From(params X509Certificate2[] authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        return new ClientTrust([], authorities, X509RevocationMode.NoCheck);
    }

    /// <summary>The file, or the number of authorities.</summary>
    public override string ToString() => Paths.Length > 0 ? Paths[0] : $"{_given.Count} authorities";

    /// <summary>Makes sense of the files' contents.</summary>
    /// <exception cref="CryptographicException">They hold no root; the message says why.</exception>
    internal X509ChainPolicy Parse(byte[][] contents)
    {
        var authorities = new X509Certificate2Collection(_given);
        if (contents.Length > 0)
            authorities.ImportFromPem(Encoding.UTF8.GetString(contents[0]));
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = _revocation,

            // Where a certificate says that its issuer can be had is the client's word: nothing is fetched from there.
            DisableCertificateDownloads = _revocation != X509RevocationMode.Online,
        };
        foreach (X509Certificate2 authority in authorities)
        {
            bool isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CryptographicException("there is no root (self-signed) certificate in it");
    }
}
