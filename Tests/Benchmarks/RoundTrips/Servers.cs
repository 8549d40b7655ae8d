using System.Net.Sockets;
using Waymark;

namespace Waymark.Benchmarks.RoundTrips;

/// <summary>What is asked: a loop of recv and send as the floor, lines as octets and as text, HTTP.</summary>
internal static class Servers
{
    public const string Floor = "recv and send";
    public const string Http = "HTTP, POST of 108 bytes";
    private const string Octets = "TcpServer, Utf8LineProtocol";
    private const string Text = "TcpServer, LineProtocol";

    public static readonly string[] Kinds = [Floor, Octets, Text, Http];

    public static async Task<int> ServeAsync(string kind, string address)
    {
        if (kind == Floor)
            return ServeFloor(address);
        string http = address.Replace("tcp:", "http:", StringComparison.Ordinal);
        NetworkServer server = kind switch
        {
            Octets => await TcpServer.Create(new Utf8LineProtocol(), new OctetEcho(), Quiet()).StartAsync(address),
            Text => await TcpServer.Create(new LineProtocol(), new TextEcho(), Quiet()).StartAsync(address),
            _ => await new HttpServer(Routes.Table).StartAsync(http),
        };
        Console.WriteLine(server.Endpoints[0]);
        await Console.In.ReadToEndAsync();
        await server.StopAsync(TimeSpan.Zero);
        return 0;
    }

    private static TcpServerOptions Quiet() => new()
    {
        ConnectionLogLevel = Microsoft.Extensions.Logging.LogLevel.Debug,
    };

    private static int ServeFloor(string address)
    {
        bool isUnix = address.StartsWith("unix:", StringComparison.Ordinal);
        using Socket listener = Asking.NewSocket(isUnix);
        listener.Bind(Asking.ToEndPoint(address));
        listener.Listen();
        Console.WriteLine(listener.LocalEndPoint is UnixDomainSocketEndPoint unix
            ? $"unix:{unix}"
            : $"tcp://{listener.LocalEndPoint}");
        byte[] buffer = new byte[4096];
        using Socket socket = listener.Accept();
        if (!isUnix)
            socket.NoDelay = true;
        while (socket.Receive(buffer) is > 0 and int count)
            socket.Send(buffer.AsSpan(0, count));
        return 0;
    }

    private sealed class OctetEcho : StreamHandler<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>
    {
        protected override async ValueTask HandleAsync(
            StreamClient<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> client, CancellationToken stop)
        {
            while (true)
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
        }
    }

    private sealed class TextEcho : StreamHandler<string, string>
    {
        protected override async ValueTask HandleAsync(StreamClient<string, string> client, CancellationToken stop)
        {
            while (true)
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
        }
    }
}

internal static class EchoRoutes
{
    [Post("/echo")]
    internal static byte[] Echo([Body] byte[] body) => body;
}
