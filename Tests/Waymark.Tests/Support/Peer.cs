using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Tests.Support;

/// <summary>The client's end of a connection: a plain blocking-free socket with a limit on every wait.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private Peer(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<Peer> ConnectAsync(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
        return new Peer(socket);
    }

    /// <summary>Connects to an address as a server prints it.</summary>
    public static Task<Peer> ConnectAsync(string address)
    {
        Assert.True(Waymark.Transport.Endpoint.TryParse(address, out var endpoint, out string problem), problem);
        return ConnectAsync(endpoint.ToEndPoint());
    }

    public async Task SendAsync(string text) =>
        await Socket.SendAsync(Encoding.ASCII.GetBytes(text)).WaitAsync(Limit);

    /// <summary>Receives once; empty at the end.</summary>
    public async Task<string> ReceiveAsync()
    {
        byte[] buffer = new byte[4096];
        int count = await Socket.ReceiveAsync(buffer).WaitAsync(Limit);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    public async Task<string> ReceiveToEndAsync()
    {
        var text = new StringBuilder();
        while (await ReceiveAsync() is { Length: > 0 } part)
            text.Append(part);

        return text.ToString();
    }

    /// <summary>The error that the next receive meets.</summary>
    public async Task<SocketError> ReceiveErrorAsync() =>
        (await Assert.ThrowsAsync<SocketException>(ReceiveAsync)).SocketErrorCode;

    public void Dispose() => Socket.Dispose();
}
