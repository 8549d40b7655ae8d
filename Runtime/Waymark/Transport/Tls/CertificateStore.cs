using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Waymark.Transport.Tls;

/// <summary>The certificates and the trust list of a server, read anew when their files change.</summary>
/// <remarks>
/// Files are compared by content, because their times say nothing where links are exchanged (certbot, Kubernetes).
/// There is no timer: the first handshake after a period looks, reading some kilobytes, while others go on with what
/// there is. What cannot be read, such as a key that is not written yet, is logged once, and the certificates before
/// stay. What was replaced is left to the collector, because a handshake may still be using it.
/// </remarks>
internal sealed class CertificateStore
{
    private readonly TlsSources _sources;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // INVARIANT: under _lock: the digest of what was tried last, successful or not.
    private byte[] _digest = [];
    private volatile TlsTerms? _terms;
    private long _lookedAt;

    public CertificateStore(TlsSources sources, TimeProvider time, ILogger logger)
    {
        _sources = sources;
        _time = time;
        _logger = logger;
    }

    /// <summary>Reads everything for the first time.</summary>
    /// <param name="problems">Gets a sentence for each source that cannot be used.</param>
    public void Load(List<string> problems)
    {
        lock (_lock)
        {
            _lookedAt = _time.GetTimestamp();
            if (TryRead(problems, out byte[][][] contents))
                _terms = Build(contents, problems);
        }
    }

    /// <summary>What the next handshake is to go by.</summary>
    public TlsTerms Current()
    {
        if (_sources.ReloadPeriod is { } period
            && _time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= period && _lock.TryEnter())
        {
            try
            {
                ReloadLocked();
            }
            finally
            {
                _lock.Exit();
            }
        }

        return _terms!;
    }

    /// <summary>Reads the files now.</summary>
    /// <returns>False where something cannot be used, so that what was there stays.</returns>
    public bool Reload()
    {
        lock (_lock)
        {
            _digest = [];
            return ReloadLocked();
        }
    }

    private bool ReloadLocked()
    {
        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        byte[] before = _digest;
        var problems = new List<string>();
        TlsTerms? terms = null;
        if (TryRead(problems, out byte[][][] contents))
        {
            if (_digest.AsSpan().SequenceEqual(before))
                return true;
            terms = Build(contents, problems);
        }
        else if (_digest.AsSpan().SequenceEqual(before))
        {
            return false;
        }

        foreach (string problem in problems)
            TlsLog.ReloadFailed(_logger, problem);
        if (terms is null)
            return false;
        _terms = terms;
        TlsLog.Reloaded(_logger);
        return true;
    }

    /// <summary>Reads all files, and notes a digest of what they hold or of what kept them from being read.</summary>
    private bool TryRead(List<string> problems, out byte[][][] contents)
    {
        contents = new byte[_sources.All.Count][][];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int index = 0; index < contents.Length; index++)
        {
            TlsSource source = _sources.All[index];
            contents[index] = new byte[source.Paths.Length][];
            for (int file = 0; file < source.Paths.Length; file++)
            {
                try
                {
                    contents[index][file] = File.ReadAllBytes(source.Paths[file]);
                    digest.AppendData(SHA256.HashData(contents[index][file]));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    problems.Add($"{source.Name}: {e.Message}");
                    digest.AppendData(System.Text.Encoding.UTF8.GetBytes(e.Message));
                }
            }
        }

        _digest = digest.GetHashAndReset();
        return problems.Count == 0;
    }

    private TlsTerms? Build(byte[][][] contents, List<string> problems)
    {
        var contexts = new SslStreamCertificateContext?[contents.Length];
        X509ChainPolicy? trust = null;
        for (int index = 0; index < contents.Length; index++)
        {
            TlsSource source = _sources.All[index];
            try
            {
                if (source.Trust is not null)
                    trust = source.Trust.Parse(contents[index]);
                else
                    contexts[index] = ToContext(source, contents[index]);
            }
            catch (CryptographicException e)
            {
                problems.Add($"{source.Name}: {e.Message.TrimEnd('.')}.");
            }
        }

        if (problems.Count > 0)
            return null;
        SslStreamCertificateContext? fallback = null;
        for (int index = 0; index < contexts.Length; index++)
        {
            if (_sources.All[index] is { Trust: null, ServerName: null })
                fallback = contexts[index];
        }

        var identities = new TlsIdentities(fallback);
        for (int index = 0; index < contexts.Length; index++)
        {
            if (_sources.All[index].ServerName is { } name)
                identities.Add(name, contexts[index]!);
        }

        return new TlsTerms(
            _sources.Protocols, identities, trust, _sources.IsClientCertificateRequired, _sources.IsHttp);
    }

    private SslStreamCertificateContext ToContext(TlsSource source, byte[][] contents)
    {
        (X509Certificate2 certificate, X509Certificate2Collection chain) = source.Certificate!.Parse(contents);
        foreach (string doubt in CertificateChecks.Doubts(certificate, source.ServerName, _time.GetUtcNow()))
            TlsLog.CertificateDoubtful(_logger, source.Name, doubt);

        // Offline: no issuer is fetched from an address in the certificate, and nothing is stapled.
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
