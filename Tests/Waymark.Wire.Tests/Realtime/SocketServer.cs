using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>An echo behind real sockets, for the base class library's client.</summary>
internal static class SocketServer
{
    /// <summary>Serves the echo on every path; its buffer is small, so that messages come in pieces.</summary>
    public static Task<HttpServer> StartAsync(
        ServerTransport? transport, TempPki? pki = null, WebSocketCompression? compression = null)
    {
        var options = new ServerOptions
        {
            Transport = transport,
            Tls = pki is null ? null : new TlsOptions
            {
                Certificate = TlsCertificate.From(
                    pki.IssueServer(["localhost"], issuer: pki.Intermediate), pki.Intermediate),
                ClientCertificates = ClientCertificates.None,
            },
            IdleGrace = TimeSpan.Zero,
        };
        var sockets = new WebSocketOptions { Subprotocols = ["echo"], Compression = compression };
        return new HttpServer(new TestTable(), options)
            .Use(_ => async exchange =>
            {
                if (await WebSockets.AcceptAsync(exchange, sockets) is { } socket)
                    await WireSocket.EchoAsync(socket);
            })
            .StartAsync(pki is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
    }

    /// <param name="server">Where to.</param>
    /// <param name="pki">What the server's certificate is of; null without TLS.</param>
    /// <param name="deflate">What the client offers; null for no compression.</param>
    public static async Task<ClientWebSocket> ConnectAsync(
        HttpServer server, TempPki? pki = null, WebSocketDeflateOptions? deflate = null)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("echo");
        client.Options.DangerousDeflateOptions = deflate;
        client.Options.CollectHttpResponseDetails = true;
        client.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            ((X509Certificate2)certificate!).Issuer == pki?.Intermediate.Subject;
        var address = new UriBuilder(server.Endpoints[0]) { Path = "/ws" };
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        await client.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends one message in so many frames.</summary>
    public static async Task SendAsync(WebSocket client, ReadOnlyMemory<byte> message, int frames)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        for (int left = frames; left > 0; left--)
        {
            int count = left == 1 ? message.Length : message.Length / left;
            await client.SendAsync(message[..count], WebSocketMessageType.Binary, left == 1, stop);
            message = message[count..];
        }
    }

    /// <summary>Receives one message, which has to be the one expected.</summary>
    public static async Task<(WebSocketMessageType Type, int Size)> ReceiveAsync(WebSocket client, byte[] expected)
    {
        byte[] buffer = new byte[expected.Length + 1];
        int size = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await client.ReceiveAsync(
                buffer.AsMemory(size), TestContext.Current.CancellationToken);
            Assert.False(
                part.MessageType == WebSocketMessageType.Close,
                $"The socket is closed with {client.CloseStatus}: {client.CloseStatusDescription}");
            size += part.Count;
            if (!part.EndOfMessage)
                continue;
            Assert.True(expected.AsSpan().SequenceEqual(buffer.AsSpan(0, size)));
            return (part.MessageType, size);
        }
    }
}
