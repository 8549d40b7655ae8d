using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waymark.TestSupport;

namespace Waymark.Tests.Transport.Tls;

/// <summary>What certificates are read from, and what is said about what cannot be read.</summary>
public sealed class TlsCertificateTests : IDisposable
{
    private readonly TempPki _pki = new();
    private readonly X509Certificate2 _certificate;

    public TlsCertificateTests() =>
        _certificate = _pki.IssueServer(["example.org"], issuer: _pki.Intermediate);

    public void Dispose() => _pki.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public void PEM_files_give_the_certificate_its_key_and_the_chain(string? password)
    {
        (string pem, string key) = _pki.WritePem("a", _certificate, [_pki.Intermediate], password);
        (X509Certificate2 read, X509Certificate2Collection chain) = Read(TlsCertificate.FromPem(pem, key, password));
        Assert.Equal(_certificate.Thumbprint, read.Thumbprint);
        Assert.True(read.HasPrivateKey);
        Assert.Equal(_pki.Intermediate.Thumbprint, Assert.Single(chain).Thumbprint);
    }

    [Fact]
    public void One_PEM_file_may_hold_all_of_it()
    {
        (string pem, string key) = _pki.WritePem("a", _certificate);
        File.AppendAllText(pem, File.ReadAllText(key));
        Assert.True(Read(TlsCertificate.FromPem(pem)).Certificate.HasPrivateKey);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public void A_PKCS_12_file_gives_the_one_with_a_key_and_the_chain(string? password)
    {
        string path = _pki.WritePkcs12("a.pfx", _certificate, [_pki.Intermediate], password);
        (X509Certificate2 read, X509Certificate2Collection chain) = Read(TlsCertificate.FromPkcs12(path, password));
        Assert.Equal(_certificate.Thumbprint, read.Thumbprint);
        Assert.Equal(_pki.Intermediate.Thumbprint, Assert.Single(chain).Thumbprint);
    }

    [Theory]
    [InlineData("key of another", "the private key is not that of the first certificate")]
    [InlineData("no password", "the private key is encrypted, and no password is given")]
    [InlineData("wrong password", "the password does not open the private key")]
    [InlineData("no certificate", "there is no '-----BEGIN CERTIFICATE-----'")]
    [InlineData("no key", "there is no '-----BEGIN PRIVATE KEY-----'")]
    [InlineData("PKCS 12 without key", "there is no certificate with a private key in it")]
    [InlineData("given without key", "the certificate has no private key")]
    public void What_cannot_be_used_is_told(string what, string cause)
    {
        (string pem, string key) = _pki.WritePem("a", _certificate);
        (_, string otherKey) = _pki.WritePem("b", _pki.IssueServer(["example.org"]));
        (_, string lockedKey) = _pki.WritePem("c", _certificate, password: "secret");
        X509Certificate2 bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        TlsCertificate source = what switch
        {
            "key of another" => TlsCertificate.FromPem(pem, otherKey),
            "no password" => TlsCertificate.FromPem(pem, lockedKey),
            "wrong password" => TlsCertificate.FromPem(pem, lockedKey, "Secret"),
            "no certificate" => TlsCertificate.FromPem(key, key),
            "no key" => TlsCertificate.FromPem(pem),
            "PKCS 12 without key" => TlsCertificate.FromPkcs12(_pki.WritePkcs12("d.pfx", bare, [], null)),
            _ => TlsCertificate.From(bare),
        };
        Assert.StartsWith(
            cause, Assert.Throws<CryptographicException>(() => Read(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_never_printed()
    {
        Assert.Equal("a.pem and a.key", TlsCertificate.FromPem("a.pem", "a.key", "secret").ToString());
        var options = new TlsOptions
        {
            Certificate = TlsCertificate.FromPkcs12("a.pfx", "secret"),
            ClientCertificates = ClientCertificates.None,
        };
        Assert.Contains("a.pfx", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => TlsCertificate.FromPem(" "));
        Assert.Throws<ArgumentException>(() => TlsCertificate.FromPem("a", ""));
        Assert.Throws<ArgumentException>(() => TlsCertificate.FromPkcs12(""));
        Assert.Throws<ArgumentNullException>(() => TlsCertificate.From(null!));
        Assert.Throws<ArgumentException>(() => ClientTrust.FromPem(""));
        Assert.Throws<ArgumentNullException>(() => ClientCertificates.Required(null!));
        Assert.Throws<ArgumentNullException>(() => ClientCertificates.Optional(null!));
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(TlsCertificate source) =>
        source.Parse(source.Paths.Select(File.ReadAllBytes).ToArray());
}
