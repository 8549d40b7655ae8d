using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Waymark.Transport.Tls;

/// <summary>TLS around any connection, on either side.</summary>
/// <remarks>
/// Rules of this file:
/// <list type="bullet">
/// <item>A peer that ends without close_notify (RFC 8446 section 6.1) ends receiving with 0 between records, as a FIN
/// does without TLS, since many clients just leave. Nobody can pass a cut-off request for a whole one by that: every
/// body of HTTP/1.1 says where it ends. <see cref="IsTruncated"/> tells a protocol without such framing. An end inside
/// a record is a lost connection.</item>
/// <item><see cref="ShutdownSend"/> sends close_notify, then FIN. <see cref="Abort"/> sends neither, so that the peer
/// sees the truncation.</item>
/// <item>What is allocated here is allocated per connection; receives and sends use pooled state machines.</item>
/// </list>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "DisposeAsync of the base disposes it.")]
internal sealed class TlsConnection : ConnectionLayer
{
    private const int RecordOfHandshake = 0x16; // RFC 8446 section 5.1

    // A whole record: alert, TLS 1.2 in the version field, 2 octets: fatal, unrecognized_name (RFC 6066 section 3). No
    // keys exist yet, so it goes out in the clear.
    private static readonly byte[] UnrecognizedName = [0x15, 3, 3, 0, 2, 2, 112];

    private readonly ConnectionStream _stream;
    private readonly SslStream _ssl;
    private readonly TlsTerms? _terms;
    private TlsInfo? _info;
    private string? _clientRefusal;
    private bool _isNameUnknown;
    private bool _isSendShutDown;
    private volatile bool _isReceivingStopped;
    private volatile bool _isAborted;

    /// <param name="inner">What TLS stands around.</param>
    /// <param name="terms">What a server agrees to; null on the client's side.</param>
    public TlsConnection(Connection inner, TlsTerms? terms)
        : base(inner)
    {
        _terms = terms;
        _stream = new ConnectionStream(inner);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
    }

    public override TlsInfo? Tls => _info;

    /// <summary>What does the work; for the test that compares with it.</summary>
    internal SslStream Stream => _ssl;

    /// <summary>True where what came first cannot be TLS: somebody speaks cleartext to this port.</summary>
    public bool IsCleartext => _stream.FirstOctet is >= 0 and not RecordOfHandshake;

    /// <summary>True where the peer ended without close_notify, or this side stopped receiving.</summary>
    public bool IsTruncated => _stream.HasEnded;

    /// <summary>Agrees with the client, as the first thing on the connection.</summary>
    /// <returns>Null where the connection can be used; else why not, for the log.</returns>
    /// <exception cref="ConnectionLostException">The connection was reset or aborted.</exception>
    public async ValueTask<string?> HandshakeAsync()
    {
        try
        {
            await _ssl.AuthenticateAsServerAsync(
                static (_, hello, self, _) => new(((TlsConnection)self!).Answer(hello)), this, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException and not ConnectionLostException or AuthenticationException)
        {
            if (_isNameUnknown && !_stream.HasEnded)
                await Inner.SendAsync(UnrecognizedName).ConfigureAwait(false);
            return _clientRefusal ?? Describe(e);
        }

        if (_clientRefusal is not null)
        {
            await CloseSendAsync().ConfigureAwait(false);
            return _clientRefusal;
        }

        _info = new TlsInfo(_ssl);
        return null;
    }

    /// <summary>Agrees with the server, as the first thing on the connection.</summary>
    /// <exception cref="IOException">The connection was reset or aborted.</exception>
    /// <exception cref="AuthenticationException">The two do not agree.</exception>
    public async ValueTask ConnectAsync(SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        await _ssl.AuthenticateAsClientAsync(options, cancellation).ConfigureAwait(false);
        _info = new TlsInfo(_ssl);
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        Debug.Assert(_info is not null, "The handshake comes first.");
        ValueTask<int> receiving = _ssl.ReadAsync(buffer);
        return receiving.IsCompletedSuccessfully ? receiving : FinishReceiveAsync(receiving);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        Debug.Assert(_info is not null && !_isSendShutDown, "After the handshake, before the shutdown.");
        ValueTask sending = _ssl.WriteAsync(data);
        return sending.IsCompletedSuccessfully ? sending : FinishSendAsync(sending);
    }

    public override void StopReceiving()
    {
        _isReceivingStopped = true;
        Inner.StopReceiving();
    }

    public override void ShutdownSend()
    {
        // Where the peer takes nothing, close_notify and FIN wait for it in the background.
        if (!_isSendShutDown)
            _ = CloseSendAsync();
    }

    public override void Abort()
    {
        _isAborted = true;
        Inner.Abort();
    }

    public override async ValueTask DisposeAsync()
    {
        // As a socket's close sends FIN, this one sends close_notify first, where that needs no waiting.
        if (_info is not null && !_isAborted)
            ShutdownSend();
        await _ssl.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FinishReceiveAsync(ValueTask<int> receiving)
    {
        try
        {
            return await receiving.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException and not ConnectionLostException or AuthenticationException)
        {
            // A record that was cut off because this side stopped receiving is no mistake of the peer's.
            return _isReceivingStopped && !_isAborted ? 0 : throw Lost(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishSendAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException and not ConnectionLostException)
        {
            throw Lost(e);
        }
    }

    private SslServerAuthenticationOptions Answer(SslClientHelloInfo hello)
    {
        Debug.Assert(_terms is not null, "Only a server answers.");
        SslStreamCertificateContext? certificate = _terms.Identities.Find(hello.ServerName ?? "");
        if (certificate is null)
        {
            _isNameUnknown = true;
            throw new AuthenticationException($"there is no certificate for the name '{hello.ServerName}'");
        }

        var answer = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = _terms.Protocols,
            AllowRenegotiation = false,

            // A client that offers others only gets the alert no_application_protocol (RFC 7301 section 3.2).
            ApplicationProtocols = _terms.IsHttp ? [SslApplicationProtocol.Http11] : null,
        };
        if (_terms.ClientTrust is { } trust)
        {
            answer.ClientCertificateRequired = true;
            answer.RemoteCertificateValidationCallback = CheckClient;

            // A copy, since validation adds what the client sent to the policy.
            answer.CertificateChainPolicy = trust.Clone();

            // A ticket holds the client's certificate but none of its intermediates, and outlives a change of the trust
            // list: every connection shows its certificate anew.
            answer.AllowTlsResume = false;
        }

        return answer;
    }

    private bool CheckClient(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || (certificate is null && !_terms!.IsClientCertificateRequired))
            return true;

        _clientRefusal = certificate is null
            ? "the client gave no certificate"
            : $"the client's certificate '{certificate.Subject}' is not trusted: {DescribeChain(chain)}";

        // OpenSSL has ended its part of the handshake before .NET 9 and 10 ask here, and then they send no alert for a
        // refusal (dotnet/runtime#18837). So the handshake is let through, and HandshakeAsync, which reads the refusal
        // at once, ends the connection by the alert that there is: close_notify.
        return OperatingSystem.IsLinux() && Environment.Version.Major < 11;
    }

    /// <summary>Sends close_notify, then FIN.</summary>
    private async Task CloseSendAsync()
    {
        _isSendShutDown = true;
        try
        {
            if (_ssl.IsAuthenticated)
                await _ssl.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is lost, aborted or closed meanwhile: nobody is left to be told.
        }

        Inner.ShutdownSend();
    }

    private static ConnectionLostException Lost(Exception cause) => new(Describe(cause), cause);

    private static string Describe(Exception cause)
    {
        // SslStream says "see inner exception"; what OpenSSL has said stands innermost.
        while (cause.InnerException is { } inner)
            cause = inner;
        return cause.Message;
    }

    private static string DescribeChain(X509Chain? chain)
    {
        if (chain is null || chain.ChainStatus.Length == 0)
            return "no chain could be built";
        return string.Join("; ", Array.ConvertAll(chain.ChainStatus, status => status.StatusInformation.Trim()));
    }
}
