using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waymark.TestSupport;

/// <summary>A certificate authority that lives as long as a test, and a folder for what it issues.</summary>
internal sealed class TempPki : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private DirectoryInfo? _folder;

    /// <param name="name">The root's name; two roots differ in their keys in any case.</param>
    public TempPki(string name = "Test Root")
    {
        Root = IssueAuthority(name, null);
        Intermediate = IssueAuthority(name + " Intermediate", Root);
    }

    /// <summary>Self-signed, with its key.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Issued by the root, with its key.</summary>
    public X509Certificate2 Intermediate { get; }

    /// <summary>A path in the folder, which goes with this object.</summary>
    public string PathOf(string file)
    {
        _folder ??= Directory.CreateTempSubdirectory("waymark-pki-");
        return Path.Combine(_folder.FullName, file);
    }

    /// <summary>A server's certificate.</summary>
    /// <param name="names">Host names and addresses; the first one is the subject's too.</param>
    /// <param name="daysLeft">When it expires; negative for one that has expired.</param>
    /// <param name="issuer">Null for the root.</param>
    public X509Certificate2 IssueServer(string[] names, int daysLeft = 30, X509Certificate2? issuer = null) =>
        Issue(names[0], names, ServerAuthentication, daysLeft, issuer ?? Root);

    /// <summary>A client's certificate.</summary>
    /// <param name="name">The subject.</param>
    /// <param name="daysLeft">When it expires.</param>
    /// <param name="issuer">Null for the root.</param>
    public X509Certificate2 IssueClient(string name, int daysLeft = 30, X509Certificate2? issuer = null) =>
        Issue(name, [], ClientAuthentication, daysLeft, issuer ?? Root);

    /// <summary>Writes a certificate, with what is to stand behind it, and its key.</summary>
    /// <returns>Both paths.</returns>
    public (string CertificatePath, string KeyPath) WritePem(
        string file, X509Certificate2 certificate, X509Certificate2[]? chain = null, string? password = null)
    {
        string text = string.Concat(new[] { certificate }.Concat(chain ?? [])
            .Select(one => one.ExportCertificatePem() + "\n"));
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        string keyText = password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, encryption);
        File.WriteAllText(PathOf(file + ".pem"), text);
        File.WriteAllText(PathOf(file + ".key"), keyText + "\n");
        return (PathOf(file + ".pem"), PathOf(file + ".key"));
    }

    /// <summary>Writes a PKCS #12 file.</summary>
    /// <returns>Its path.</returns>
    public string WritePkcs12(string file, X509Certificate2 certificate, X509Certificate2[] chain, string? password)
    {
        var all = new X509Certificate2Collection(certificate);
        foreach (X509Certificate2 one in chain)
            all.Add(X509CertificateLoader.LoadCertificate(one.RawData));
        File.WriteAllBytes(PathOf(file), all.Export(X509ContentType.Pkcs12, password)!);
        return PathOf(file);
    }

    public void Dispose() => _folder?.Delete(recursive: true);

    private static X509Certificate2 IssueAuthority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
            return request.CreateSelfSigned(Now.AddDays(-400), Now.AddDays(400));
        using X509Certificate2 issued = request.Create(issuer, Now.AddDays(-399), Now.AddDays(399), Serial());
        return issued.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Issue(
        string subject, string[] names, Oid purpose, int daysLeft, X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        if (names.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        using X509Certificate2 issued = request.Create(issuer, Now.AddDays(-90), Now.AddDays(daysLeft), Serial());
        return issued.CopyWithPrivateKey(key);
    }

    private static byte[] Serial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40); // Positive, and of full length.
        return serial;
    }
}
