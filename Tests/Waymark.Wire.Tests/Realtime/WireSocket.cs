using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>A client that speaks frames octet by octet to a server whose time the test moves.</summary>
internal sealed class WireSocket : IAsyncDisposable
{
    private string _rest = "";

    private WireSocket(LiveServer server) => Server = server;

    public LiveServer Server { get; }

    /// <summary>The 101.</summary>
    public string Head { get; private set; } = "";

    /// <summary>What the server has logged from Warning upwards.</summary>
    public IEnumerable<string> Complaints =>
        Server.Logger.Events.Where(e => e.Level >= LogLevel.Warning).Select(e => e.Message);

    /// <summary>Serves a handler and opens a socket to it.</summary>
    public static async Task<WireSocket> OpenAsync(
        Layer layer, Func<WebSocket, Task> handler, WebSocketOptions? options = null, string ask = Frame.Ask)
    {
        LiveServer server = await LiveServer.StartAsync(layer, async exchange =>
        {
            if (await WebSockets.AcceptAsync(exchange, options) is { } socket)
                await handler(socket);
        });
        var client = new WireSocket(server);
        await server.PostAsync(ask);
        while (!client._rest.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            string more = await server.ReceiveAsync();
            Assert.NotEqual("", more);
            client._rest += more;
        }

        int end = client._rest.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        client.Head = client._rest[..end];
        client._rest = client._rest[end..];
        return client;
    }

    /// <summary>Opens one to a handler that sends back what comes.</summary>
    public static Task<WireSocket> OpenEchoAsync(Layer layer, WebSocketOptions? options = null) =>
        OpenAsync(layer, EchoAsync, options);

    public ValueTask PostAsync(string octets) => Server.PostAsync(octets);

    /// <summary>The next frame; null at the end.</summary>
    public async Task<Frame?> ReceiveAsync()
    {
        while (true)
        {
            if (Frame.Take(ref _rest) is { } frame)
                return frame;
            string more = await Server.ReceiveAsync();
            if (more.Length == 0)
            {
                Assert.Equal("", _rest);
                return null;
            }

            _rest += more;
        }
    }

    /// <summary>All frames up to the end, in words.</summary>
    public async Task<string> ReceiveAllAsync()
    {
        var all = new List<string>();
        while (await ReceiveAsync() is { } frame)
            all.Add(frame.ToString());
        return string.Join(", ", all);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Sends back what comes, piece by piece.</summary>
    public static async Task EchoAsync(WebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), default);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, default);
        }
    }
}
