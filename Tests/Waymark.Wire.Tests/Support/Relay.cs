using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Wire.Tests.Support;

/// <summary>Stands before a server and keeps the octets that its clients have sent: what really reached it.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly List<MemoryStream> _received = []; // One for each connection; locked, as its items are.

    private Relay(Uri server)
    {
        _server = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients reach the server through this.</summary>
    public Uri Address { get; }

    /// <summary>What the clients have sent, connection by connection.</summary>
    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_received)
                return [.. _received.Select(octets => Encoding.UTF8.GetString(octets.ToArray()))];
        }
    }

    /// <summary>Starts to listen on a free port.</summary>
    public static Relay Before(Uri server) => new(server);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
                carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        var octets = new MemoryStream();
        lock (_received)
            _received.Add(octets);
        using TcpClient near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server, _stop.Token);
            await Task.WhenAll(
                CopyAsync(near, far, octets), CopyAsync(far, near, null));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Either side has left, or the test has ended.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, MemoryStream? copy)
    {
        byte[] buffer = new byte[16 * 1024];
        for (int count; (count = await from.GetStream().ReadAsync(buffer, _stop.Token)) > 0;)
        {
            if (copy is not null)
            {
                lock (_received)
                    copy.Write(buffer, 0, count);
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }

        to.Client.Shutdown(SocketShutdown.Send);
    }
}
