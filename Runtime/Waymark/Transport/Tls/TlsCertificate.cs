using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Waymark;

/// <summary>Where a server's certificate, its private key and the chain above it come from.</summary>
/// <remarks>
/// Immutable, and safe for use by any number of threads. Files are read when the server binds its addresses, and again
/// as <see cref="TlsOptions.ReloadPeriod"/> says; what is wrong with them is told then.
/// </remarks>
/// <example>
/// <code>
/// TlsCertificate certificate = TlsCertificate.FromPem("/etc/ssl/site.pem", "/etc/ssl/site.key");
/// </code>
/// </example>
public sealed class TlsCertificate
{
    private const string EncryptedKeyLabel = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    private readonly X509Certificate2? _given;
    private readonly X509Certificate2Collection _givenChain = [];
    private readonly string? _password;
    private readonly bool _isPkcs12;

    private TlsCertificate(string[] paths, string? password, bool isPkcs12)
    {
        Paths = paths;
        _password = password;
        _isPkcs12 = isPkcs12;
    }

    private TlsCertificate(X509Certificate2 certificate, X509Certificate2[] chain)
    {
        Paths = [];
        _given = certificate;
        _givenChain.AddRange(chain);
    }

    /// <summary>The files that it is read from.</summary>
    internal string[] Paths { get; }

    /// <summary>Reads PEM files, as an authority gives them (RFC 7468).</summary>
    /// <param name="certificatePath">
    /// The server's own certificate first, then the intermediate ones, which are sent to clients (a "full chain").
    /// </param>
    /// <param name="keyPath">
    /// The private key: PKCS #8, encrypted or not, or RSA or EC. Null where the first file holds it as well.
    /// </param>
    /// <param name="password">Opens the key; null where it is not encrypted.</param>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    public static TlsCertificate FromPem(string certificatePath, string? keyPath = null, string? password = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(certificatePath);
        if (keyPath is null)
            return new TlsCertificate([certificatePath], password, isPkcs12: false);
        ArgumentException.ThrowIfNullOrWhiteSpace(keyPath);
        return new TlsCertificate([certificatePath, keyPath], password, isPkcs12: false);
    }

    /// <summary>Reads a PKCS #12 file (.pfx, .p12): the certificate that has a private key, and its chain.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Opens it; null where it has none.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static TlsCertificate FromPkcs12(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new TlsCertificate([path], password, isPkcs12: true);
    }

    /// <summary>Takes a certificate that the program has.</summary>
    /// <param name="certificate">With its private key. It is not disposed, and not read again.</param>
    /// <param name="chain">The intermediate certificates, which are sent to clients.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TlsCertificate From(X509Certificate2 certificate, params X509Certificate2[] chain)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(chain);
        return new TlsCertificate(certificate, chain);
    }

    /// <summary>The files, or the subject; never a password.</summary>
    public override string ToString() => _given is null ? string.Join(" and ", Paths) : _given.Subject;

    /// <summary>Makes sense of the files' contents.</summary>
    /// <param name="contents">One for each of <see cref="Paths"/>.</param>
    /// <exception cref="CryptographicException">They hold no certificate with its key: it says why.</exception>
    internal (X509Certificate2 Certificate, X509Certificate2Collection Chain) Parse(byte[][] contents)
    {
        (X509Certificate2 certificate, X509Certificate2Collection chain) = _given is not null ? (_given, _givenChain)
            : _isPkcs12 ? ParsePkcs12(contents[0])
            : ParsePem(Encoding.UTF8.GetString(contents[0]), Encoding.UTF8.GetString(contents[^1]));
        return certificate.HasPrivateKey
            ? (certificate, chain)
            : throw new CryptographicException("the certificate has no private key");
    }

    private (X509Certificate2 Certificate, X509Certificate2Collection Chain) ParsePem(string text, string keyText)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        if (chain.Count == 0)
            throw new CryptographicException("there is no '-----BEGIN CERTIFICATE-----' in the file");
        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new CryptographicException("there is no '-----BEGIN PRIVATE KEY-----' in the file of the key");
        chain.RemoveAt(0);
        return (WithKey(text, keyText), chain);
    }

    private X509Certificate2 WithKey(string text, string keyText)
    {
        bool isEncrypted = keyText.Contains(EncryptedKeyLabel, StringComparison.Ordinal);
        if (isEncrypted && _password is null)
            throw new CryptographicException("the private key is encrypted, and no password is given");
        try
        {
            return ToUsable(isEncrypted
                ? X509Certificate2.CreateFromEncryptedPem(text, keyText, _password)
                : X509Certificate2.CreateFromPem(text, keyText));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CryptographicException(
                isEncrypted
                    ? "the password does not open the private key, or the key is not that of the first certificate"
                    : "the private key is not that of the first certificate, or of a kind that cannot be read",
                e);
        }
    }

    private (X509Certificate2 Certificate, X509Certificate2Collection Chain) ParsePkcs12(byte[] content)
    {
        X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12Collection(content, _password);
        for (int index = 0; index < all.Count; index++)
        {
            X509Certificate2 certificate = all[index];
            if (!certificate.HasPrivateKey)
                continue;
            all.RemoveAt(index);
            return (certificate, all);
        }

        throw new CryptographicException("there is no certificate with a private key in it");
    }

    /// <summary>
    /// The certificate with a key that can serve: Windows' TLS takes none that lives in memory only, as those from PEM
    /// do.
    /// </summary>
    internal static X509Certificate2 ToUsable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)
        : certificate;
}
