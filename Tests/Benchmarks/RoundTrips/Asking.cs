using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Benchmarks.RoundTrips;

/// <summary>One connection, one request after the other, by a thread that blocks.</summary>
internal static class Asking
{
    private const int BodyBytes = 108;
    private const int WarmUp = 5000;

    /// <summary>How many round trips a second.</summary>
    public static double Measure(EndPoint endPoint, bool isHttp, TimeSpan time)
    {
        using Socket socket = NewSocket(endPoint is UnixDomainSocketEndPoint);
        socket.Connect(endPoint);
        string head = isHttp ? $"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: {BodyBytes}\r\n\r\n" : "";
        byte[] request = Encoding.ASCII.GetBytes(head + new string('x', BodyBytes - 1) + "\n");
        byte[] answer = new byte[4096];

        // The first answer tells how long all of them are.
        socket.Send(request);
        int length = 0;
        while (!answer.AsSpan(0, length).EndsWith(request.AsSpan(request.Length - BodyBytes)))
        {
            int received = socket.Receive(answer, length, answer.Length - length, SocketFlags.None);
            if (received == 0)
                throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, length));
            length += received;
        }

        for (int i = 0; i < WarmUp; i++)
            Ask(socket, request, answer, length);
        long count = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int i = 0; i < 100; i++)
                Ask(socket, request, answer, length);
            count += 100;
        }
        while (Stopwatch.GetElapsedTime(start) < time);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static Socket NewSocket(bool isUnix) => isUnix
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static EndPoint ToEndPoint(string address)
    {
        string rest = address[(address.LastIndexOf('/') + 1)..];
        if (!address.StartsWith("unix:", StringComparison.Ordinal))
            return IPEndPoint.Parse(rest);
        string name = address["unix:".Length..];
        return new UnixDomainSocketEndPoint(name.StartsWith('@') ? "\0" + name[1..] : name);
    }

    private static void Ask(Socket socket, byte[] request, byte[] answer, int length)
    {
        socket.Send(request);
        for (int count = 0; count < length;)
        {
            int received = socket.Receive(answer);
            if (received == 0)
                throw new InvalidOperationException("The server has closed the connection.");
            count += received;
        }
    }
}
