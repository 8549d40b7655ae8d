using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Wire.Tests.Support;

/// <summary>What a client of the load does.</summary>
internal enum LoadKind
{
    /// <summary>Many requests on one connection, with pauses from none to half a second.</summary>
    KeepAlive,

    /// <summary>A connection for each request.</summary>
    OneShot,

    /// <summary>Requests that take their time in the server.</summary>
    Slow,

    /// <summary>One request, then silence on an open connection.</summary>
    Silent,
}

/// <summary>What became of the requests of all clients. The last four have to be zero.</summary>
internal sealed class LoadCounts
{
    public int Answered;
    public int LastAnswers;
    public int Refused;
    public int LostInFlight;
    public int LostNew;
    public int LostIdle;
    public int UncleanEnds;

    public int Losses => LostInFlight + LostNew + LostIdle + UncleanEnds;
}

/// <summary>
/// A client with a socket of its own, that asks until the server takes no more connections, and knows of every request
/// what became of it.
/// </summary>
/// <remarks>
/// A request counts as lost when it was written whole on an open connection and no whole answer came: in flight where
/// part of an answer came, new where it was the connection's first, idle where the connection had been waiting. That
/// the server closes a connection before the client writes is no loss: a client looks before it writes.
/// </remarks>
internal sealed class LoadClient(LoadKind kind, int port, LoadCounts counts, Random random)
{
    private readonly byte[] _buffer = new byte[4096];

    /// <summary>Asks until a connect is refused.</summary>
    public async Task RunAsync()
    {
        while (await ConnectAsync() is { } socket)
        {
            using (socket)
                await TalkAsync(socket);
            if (kind == LoadKind.OneShot)
                await PauseAsync(5);
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            Interlocked.Increment(ref e.SocketErrorCode == SocketError.ConnectionRefused
                ? ref counts.Refused
                : ref counts.LostNew);
            return null;
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        for (int number = 1; ; number++)
        {
            // Readable while nothing was asked: the server has closed it.
            if (number > 1 && socket.Poll(0, SelectMode.SelectRead))
            {
                await EndAsync(socket);
                return;
            }

            string answer = await AskAsync(socket);
            if (!IsWhole(answer))
            {
                Interlocked.Increment(ref answer.Length > 0 ? ref counts.LostInFlight
                    : ref number == 1 ? ref counts.LostNew : ref counts.LostIdle);
                return;
            }

            Interlocked.Increment(ref counts.Answered);
            if (answer.Contains("\r\nConnection: close\r\n", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref counts.LastAnswers);
                await EndAsync(socket);
                return;
            }

            if (kind == LoadKind.Silent)
            {
                await EndAsync(socket);
                return;
            }

            await PauseAsync(random.Next(4) == 0 ? 500 : 5);
        }
    }

    private async Task<string> AskAsync(Socket socket)
    {
        string path = kind == LoadKind.Slow
            ? string.Create(CultureInfo.InvariantCulture, $"/slow?ms={random.Next(100, 1500)}")
            : "/hello";
        string fields = kind == LoadKind.OneShot ? "Connection: close\r\n" : "";
        var answer = new StringBuilder();
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n"));
            while (!IsWhole(answer.ToString()))
            {
                int count = await socket.ReceiveAsync(_buffer);
                if (count == 0)
                    break;
                answer.Append(Encoding.ASCII.GetString(_buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // What had come until then tells what was lost.
        }

        return answer.ToString();
    }

    /// <summary>Waits for the server's end, which must be a FIN and not a reset.</summary>
    private async Task EndAsync(Socket socket)
    {
        try
        {
            if (await socket.ReceiveAsync(_buffer) == 0)
                return;
        }
        catch (SocketException)
        {
            // Counted below.
        }

        Interlocked.Increment(ref counts.UncleanEnds);
    }

    private Task PauseAsync(int millisecondsMax) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(millisecondsMax)), TimeProvider.System);

    private static bool IsWhole(string answer)
    {
        const string Name = "\r\nContent-Length: ";
        int start = answer.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        int head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        int end = answer.IndexOf('\r', start);
        int length = int.Parse(answer.AsSpan(start, end - start), CultureInfo.InvariantCulture);
        return answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) && answer.Length == head + 4 + length;
    }
}
