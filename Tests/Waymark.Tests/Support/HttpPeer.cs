using System.Globalization;
using System.Text;

namespace Waymark.Tests.Support;

/// <summary>A client that speaks just enough HTTP to tell one answer from the next.</summary>
internal sealed class HttpPeer : IDisposable
{
    private readonly StringBuilder _received = new();

    private HttpPeer(Peer peer) => Peer = peer;

    public Peer Peer { get; }

    public static async Task<HttpPeer> ConnectAsync(HttpServer server) =>
        new(await Peer.ConnectAsync(server.Endpoints[0]));

    /// <summary>Sends a GET without waiting for its answer.</summary>
    public Task SendAsync(string path = "/") => Peer.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");

    /// <summary>Sends a GET and receives its answer.</summary>
    public async Task<string> AskAsync(string path = "/")
    {
        await SendAsync(path);
        return await ReceiveAsync();
    }

    /// <summary>Receives one answer with a Content-Length, the head included; what there is at the end.</summary>
    public async Task<string> ReceiveAsync()
    {
        while (true)
        {
            string text = _received.ToString();
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            if (end >= 4 && text.Length >= end + LengthIn(text[..end]))
            {
                int length = end + LengthIn(text[..end]);
                _received.Remove(0, length);
                return text[..length];
            }

            string part = await Peer.ReceiveAsync();
            if (part.Length == 0)
                return text;
            _received.Append(part);
        }
    }

    public void Dispose() => Peer.Dispose();

    private static int LengthIn(string head)
    {
        const string Name = "\r\nContent-Length: ";
        int start = head.IndexOf(Name, StringComparison.Ordinal);
        if (start < 0)
            return 0;
        start += Name.Length;
        int end = head.IndexOf('\r', start);
        return int.Parse(head.AsSpan(start, end - start), CultureInfo.InvariantCulture);
    }
}
