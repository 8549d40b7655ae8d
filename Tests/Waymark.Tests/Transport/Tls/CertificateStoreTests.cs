using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport.Tls;

namespace Waymark.Tests.Transport.Tls;

/// <summary>Certificates are read again without a restart, and what is broken changes nothing.</summary>
public sealed class CertificateStoreTests : IDisposable
{
    private const int Reloaded = 1200;
    private const int ReloadFailed = 1201;
    private const int Doubtful = 1202;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly TempPki _pki = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public void A_change_is_seen_by_the_first_handshake_after_the_period()
    {
        CertificateStore store = Load(WriteNew("a"));
        string before = Served(store);
        WriteNew("a");
        _time.Advance(Period - TimeSpan.FromTicks(1));
        Assert.Equal(before, Served(store));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotEqual(before, Served(store));
        Assert.Equal(1, _logger.CountOf(Reloaded));
        _time.Advance(Period);
        Served(store);
        Assert.Equal(1, _logger.CountOf(Reloaded));
    }

    [Fact]
    public void Without_a_period_files_are_read_again_only_when_told()
    {
        CertificateStore store = Load(WriteNew("a"), period: null);
        string before = Served(store);
        WriteNew("a");
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(before, Served(store));
        Assert.True(store.Reload());
        Assert.NotEqual(before, Served(store));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("garbage")]
    [InlineData("half written")]
    public void A_broken_file_keeps_what_was_there_is_logged_once_and_is_taken_once_it_is_mended(string how)
    {
        (string pem, string key) = WriteNew("a");
        CertificateStore store = Load((pem, key));
        string before = Served(store);
        string keyText = File.ReadAllText(key);
        if (how == "gone")
            File.Delete(pem);
        else if (how == "garbage")
            File.WriteAllText(pem, "garbage");
        else
            WriteNew("a", keyText); // The new certificate is there, its key not yet.
        for (int round = 0; round < 3; round++)
        {
            _time.Advance(Period);
            Assert.Equal(before, Served(store));
        }

        (LogLevel level, _, string message, _) = Assert.Single(_logger.Events, e => e.Id == ReloadFailed);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(pem, message, StringComparison.Ordinal);
        Assert.False(store.Reload());
        WriteNew("a");
        _time.Advance(Period);
        Assert.NotEqual(before, Served(store));
    }

    [Fact]
    public void The_trust_list_is_read_again_too()
    {
        string path = _pki.PathOf("ca.pem");
        File.WriteAllText(path, _pki.Root.ExportCertificatePem());
        var trust = ClientTrust.FromPem(path);
        CertificateStore store = Load(WriteNew("a"), trust: trust);
        Assert.Equal(_pki.Root.Thumbprint, Assert.Single(store.Current().ClientTrust!.CustomTrustStore).Thumbprint);
        using var other = new TempPki();
        File.WriteAllText(path, other.Root.ExportCertificatePem() + "\n" + other.Intermediate.ExportCertificatePem());
        _time.Advance(Period);
        X509ChainPolicy policy = store.Current().ClientTrust!;
        Assert.Equal(other.Root.Thumbprint, Assert.Single(policy.CustomTrustStore).Thumbprint);
        Assert.Equal(other.Intermediate.Thumbprint, Assert.Single(policy.ExtraStore).Thumbprint);
        Assert.Equal(X509ChainTrustMode.CustomRootTrust, policy.TrustMode);
        Assert.Equal(X509RevocationMode.NoCheck, policy.RevocationMode);
        Assert.True(policy.DisableCertificateDownloads);
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        string garbage = _pki.PathOf("garbage.pem");
        File.WriteAllText(garbage, "garbage");
        string absent = _pki.PathOf("absent.pem");
        TlsSource[] sources =
        [
            Source(TlsCertificate.FromPem(garbage)), Source(TlsCertificate.FromPkcs12(garbage)),
            new TlsSource("The trust list", [garbage], null, null, ClientTrust.FromPem(garbage)),
        ];
        List<string> problems = Problems(sources);
        Assert.Equal(3, problems.Count);
        Assert.StartsWith($"The certificate in {garbage}: there is no '", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("The trust list: there is no root", problems[2], StringComparison.Ordinal);
        string problem = Assert.Single(Problems(Source(TlsCertificate.FromPem(absent))));
        Assert.Contains(absent, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "example.org", "example.org", null)]
    [InlineData(30, "*.example.org", "*.example.org", null)]
    [InlineData(30, "a.example.org", "*.example.org", null)]
    [InlineData(-1, null, "example.org", "has expired at ")]
    [InlineData(30, "other.org", "example.org", "does not name 'other.org'")]
    [InlineData(30, "*.example.org", "a.example.org", "does not name '*.example.org'")]
    public void What_clients_will_not_like_is_a_warning(int daysLeft, string? serverName, string named, string? doubt)
    {
        using X509Certificate2 certificate = _pki.IssueServer([named], daysLeft);
        List<string> doubts = CertificateChecks.Doubts(certificate, serverName, TimeProvider.System.GetUtcNow());
        if (doubt is null)
            Assert.Empty(doubts);
        else
            Assert.StartsWith(doubt, Assert.Single(doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_the_future_or_for_clients_is_a_warning_that_names_it()
    {
        using X509Certificate2 client = _pki.IssueClient("someone");
        DateTimeOffset early = TimeProvider.System.GetUtcNow().AddDays(-91);
        Assert.Collection(
            CertificateChecks.Doubts(client, null, early),
            doubt => Assert.StartsWith("is not valid before ", doubt, StringComparison.Ordinal),
            doubt => Assert.Contains("no serverAuth", doubt, StringComparison.Ordinal));
        Load(_pki.WritePem("client", client));
        (LogLevel level, _, string message, _) = _logger.Events.First(e => e.Id == Doubtful);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("client.pem", message, StringComparison.Ordinal);
    }

    private (string CertificatePath, string KeyPath) WriteNew(string file, string? keyText = null)
    {
        (string pem, string key) = _pki.WritePem(file, _pki.IssueServer(["example.org"]));
        if (keyText is not null)
            File.WriteAllText(key, keyText);
        return (pem, key);
    }

    private CertificateStore Load(
        (string CertificatePath, string KeyPath) files, TimeSpan? period, ClientTrust? trust = null)
    {
        var all = new List<TlsSource> { Source(TlsCertificate.FromPem(files.CertificatePath, files.KeyPath)) };
        if (trust is not null)
            all.Add(new TlsSource("The trust list", trust.Paths, null, null, trust));
        var sources = new TlsSources(all, SslProtocols.Tls13, IsClientCertificateRequired: true, period);
        var store = new CertificateStore(sources, _time, _logger);
        var problems = new List<string>();
        store.Load(problems);
        Assert.Empty(problems);
        return store;
    }

    private CertificateStore Load((string CertificatePath, string KeyPath) files, ClientTrust? trust = null) =>
        Load(files, Period, trust);

    private List<string> Problems(params TlsSource[] sources)
    {
        var problems = new List<string>();
        new CertificateStore(new TlsSources(sources, SslProtocols.Tls13, false, null), _time, _logger).Load(problems);
        return problems;
    }

    private static TlsSource Source(TlsCertificate certificate) =>
        new($"The certificate in {certificate}", certificate.Paths, certificate, null, null);

    private static string Served(CertificateStore store) =>
        store.Current().Identities.Find("")!.TargetCertificate.Thumbprint;
}
