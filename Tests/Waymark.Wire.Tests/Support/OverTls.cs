using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Connections.Tls;
using Waymark.Http.Parsing;
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
        new TlsHandlerSettings(Store(time), TimeSpan.FromSeconds(10), default, time, NullLogger.Instance));

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

    /// <summary>Plays pieces, one record each, then close_notify and FIN; fails where the answer is another.</summary>
    /// <remarks>
    /// Where the connection was aborted, what had come before it may be lost with it, so only the beginning is
    /// compared. An end that was not an abort has to be told by close_notify.
    /// </remarks>
    public static async Task AssertSameAsync(
        WireAnswer expected, IReadOnlyList<ReadOnlyMemory<byte>> pieces, ServerLimits? limits, Handler? handler,
        TargetRules rules)
    {
        (string text, bool isAborted) = await PlayAsync(pieces, limits, handler, rules);
        Assert.True(
            expected.IsAborted == isAborted
            && (isAborted ? expected.Text.StartsWith(text, StringComparison.Ordinal) : expected.Text == text),
            $"over TLS: expected{(expected.IsAborted ? " an abort" : "")}\n{expected.Text}\n"
            + $"but got{(isAborted ? " an abort" : "")}\n{text}");
    }

    private static async Task<(string Text, bool IsAborted)> PlayAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> pieces, ServerLimits? limits, Handler? handler, TargetRules rules)
    {
        (MemoryConnection server, MemoryConnection client) = MemoryConnection.Create();
        var context = new ConnectionContext(server, 1, CancellationToken.None);
        TlsHandler protocol = Protect(
            Engine.Protocol(limits, handler, NullLogger.Instance, null, rules), TimeProvider.System);
        Task serving = Task.Run(() => ServeAsync(protocol, context));
        await using var peer = new TlsPeer(client);
        var text = new StringBuilder();
        bool isAborted = false;
        try
        {
            await AuthenticateAsync(peer);
            foreach (ReadOnlyMemory<byte> piece in pieces)
                await peer.Stream.WriteAsync(piece);
            await peer.SendCloseNotifyAsync();
            client.ShutdownSend();
            while (await peer.ReceiveAsync() is { Length: > 0 } part)
                text.Append(part);
            Assert.True(peer.SawCloseNotify, "the end is told");
        }
        catch (ConnectionLostException)
        {
            isAborted = true;
        }

        await serving.WaitAsync(Patience);
        return (Engine.HideDates(text.ToString()), isAborted);
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
