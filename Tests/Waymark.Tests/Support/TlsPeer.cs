using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waymark.Transport;
using Waymark.Transport.Tls;

namespace Waymark.Tests.Support;

/// <summary>The client's end of a connection with TLS, over any transport; every wait has a limit.</summary>
internal sealed class TlsPeer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConnectionStream _below;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public TlsPeer(Connection connection)
    {
        Connection = connection;
        _below = new ConnectionStream(connection);
        Stream = new SslStream(_below);
    }

    /// <summary>What TLS is spoken on.</summary>
    public Connection Connection { get; }

    public SslStream Stream { get; }

    /// <summary>True after an end that the server has told, false after a bare FIN.</summary>
    public bool SawCloseNotify => !_below.HasEnded;

    /// <summary>Agrees with the server, whose certificate must chain to the root and be for the name.</summary>
    public async Task<TlsPeer> AuthenticateAsync(
        X509Certificate2 root, string name = "localhost", SslProtocols protocols = SslProtocols.None,
        X509Certificate2? certificate = null, X509Certificate2[]? chain = null, string[]? applicationProtocols = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(root);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = policy,
            ApplicationProtocols = (applicationProtocols ?? ["http/1.1"])
                .Select(protocol => new SslApplicationProtocol(protocol)).ToList(),
        };
        if (certificate is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificate, new X509Certificate2Collection(chain ?? []), offline: true);
        }

        await Stream.AuthenticateAsClientAsync(options).WaitAsync(Limit);
        return this;
    }

    public async Task SendAsync(string text) =>
        await Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Limit);

    /// <summary>Sends close_notify; the transport below stays open.</summary>
    public Task SendCloseNotifyAsync() => Stream.ShutdownAsync().WaitAsync(Limit);

    /// <summary>Receives once; empty at the end.</summary>
    public async Task<string> ReceiveAsync()
    {
        int count = await Stream.ReadAsync(_buffer).AsTask().WaitAsync(Limit);
        return Encoding.Latin1.GetString(_buffer, 0, count);
    }

    /// <summary>Receives exactly this many octets, or fewer before the end.</summary>
    public async Task<string> ReceiveAsync(int count)
    {
        var text = new StringBuilder();
        while (text.Length < count && await ReceiveAsync() is { Length: > 0 } part)
            text.Append(part);
        return text.ToString();
    }

    public Task<string> ReceiveToEndAsync() => ReceiveAsync(int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

/// <summary>A connection that notes what comes through it.</summary>
internal sealed class TappedConnection(Connection inner) : Connection
{
    private readonly MemoryStream _received = new();

    /// <summary>What was received so far, as it came.</summary>
    public byte[] Received => _received.ToArray();

    public override EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public override EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        int count = await inner.ReceiveAsync(buffer);
        _received.Write(buffer.Span[..count]);
        return count;
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data) => inner.SendAsync(data);

    public override void StopReceiving() => inner.StopReceiving();

    public override void ShutdownSend() => inner.ShutdownSend();

    public override void Abort() => inner.Abort();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
