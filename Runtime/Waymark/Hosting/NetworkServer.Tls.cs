using Waymark.Hosting;
using Waymark.Hosting.Tls;
using Waymark.Transport;

namespace Waymark;

/// <content>TLS: what is trimmed from programs that never make a <see cref="TlsOptions"/>.</content>
public abstract partial class NetworkServer
{
    // INVARIANT: under Lock, set once bound; null without TlsOptions.
    private TlsService? _tls;

    /// <summary>
    /// Reads the files of the certificates and of the trust list again, and uses them for the handshakes that follow.
    /// </summary>
    /// <remarks>
    /// For a program that is told of a change; without being told, the files are looked at as
    /// <see cref="TlsOptions.ReloadPeriod"/> says. Connections that are open stay as they are. Before the server is
    /// bound, and without <see cref="NetworkServerOptions.Tls"/>, there is nothing to do.
    /// </remarks>
    /// <returns>False where a file cannot be used: the log says why, and what was read before stays in use.</returns>
    public bool ReloadCertificates()
    {
        TlsService? tls;
        lock (Lock)
            tls = _tls;
        return tls?.Reload() ?? true;
    }

    /// <summary>Reads the addresses, and the certificates for those of them that speak TLS.</summary>
    /// <exception cref="OptionsException">Some cannot be used: all of those are listed.</exception>
    private List<Endpoint> ResolveWithTls(string[] addresses)
    {
        var problems = new List<string>();
        List<Endpoint> endpoints = [];
        try
        {
            endpoints = Addresses.Resolve(addresses, Scheme, DefaultAddress, Environment);
        }
        catch (OptionsException e)
        {
            problems.AddRange(e.Problems);
        }

        TlsService? tls = null;
        if (Options.Tls is { } options)
        {
            tls = options.Service.Open(options, TlsPurpose, Options.TimeProvider, Logger, problems);
            if (problems.Count == 0 && !endpoints.Exists(endpoint => endpoint.IsTls))
                HostingLog.TlsUnused(Logger, Options.Name, Scheme.Secured);
        }
        else if (endpoints.Find(endpoint => endpoint.IsTls) is { } endpoint)
        {
            problems.Add($"The address '{endpoint.Text}' needs a certificate: set {Options.Name}.Tls.");
        }

        if (problems.Count > 0)
            throw new OptionsException(problems);
        _tls = tls;
        return endpoints;
    }
}
