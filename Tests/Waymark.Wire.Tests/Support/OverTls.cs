using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Connections.Tls;
using Waymark.Tests.Support;
using Waymark.TestSupport;
using Waymark.Transport.Memory;
using Waymark.Transport.Tls;

namespace Waymark.Wire.Tests.Support;

/// <summary>Plays to the engine over TLS what has been played in the clear.</summary>
internal static class OverTls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Nothing of it is written to files, so nothing is left behind.
    private static readonly TempPki Pki = new();
    private static readonly X509Certificate2 Certificate = Pki.IssueServer(["localhost"]);

    /// <summary>The protocol behind a handshake with the certificate of this class.</summary>
    public static TlsHandler Protect(ConnectionHandler protocol, TimeProvider time) => new(
        protocol,
        new TlsHandlerSettings(
            Store(time), TimeSpan.FromSeconds(10), "Tls.Timeout", default, time, NullLogger.Instance));

    /// <summary>What a server with that certificate agrees to.</summary>
    public static TlsTerms Terms() => Store(TimeProvider.System).Current();

    private static CertificateStore Store(TimeProvider time)
    {
        var source = new TlsSource("test", [], TlsCertificate.From(Certificate), null, null);
        var store = new CertificateStore(
            new TlsSources([source], SslProtocols.Tls12 | SslProtocols.Tls13, false, null), time, NullLogger.Instance);
        store.Load([]);
        return store;
    }

    /// <summary>The client's side of the handshake.</summary>
    public static Task<TlsPeer> AuthenticateAsync(TlsPeer peer) => peer.AuthenticateAsync(Pki.Root);

    /// <summary>
    /// Plays pieces, one record each, every one once the server has taken the one before; then close_notify and FIN.
    /// </summary>
    /// <remarks>An end that is not an abort has to be told by close_notify.</remarks>
    public static async Task<WireAnswer> PlayAsync(
        ConnectionHandler protocol, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationTokenSource? abort)
    {
        (MemoryConnection server, MemoryConnection connection) = MemoryConnection.Create();
        var context = new ConnectionContext(server, 1, abort?.Token ?? CancellationToken.None);
        TlsHandler protecting = Protect(protocol, TimeProvider.System);
        Task serving = Task.Run(() => ServeAsync(protecting, context), CancellationToken.None);
        var text = new StringBuilder();
        int receiveCount = 0;
        bool isAborted = false;
        try
        {
            await using WireClient client = await WireClient.StartAsync(connection, Layer.Tls);
            foreach (ReadOnlyMemory<byte> piece in pieces)
                await client.SendAsync(piece);
            await client.EndAsync();
            for (; await client.ReceiveAsync() is { Length: > 0 } part; receiveCount++)
                text.Append(part);
            Assert.True(client.IsEndTold, "the end is told");
        }
        catch (ConnectionLostException)
        {
            isAborted = true;
        }

        await serving.WaitAsync(Patience, CancellationToken.None);
        return new WireAnswer(text.ToString(), receiveCount, isAborted);
    }

    private static async Task ServeAsync(TlsHandler protocol, ConnectionContext context)
    {
        try
        {
            await protocol.RunAsync(context);
        }
        finally
        {
            await context.Connection.DisposeAsync();
        }
    }
}
