using System.Text;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;

namespace Waymark.Wire.Tests.Support;

/// <summary>A server over the memory transport whose time only the test moves, and one client.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Server _server;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public LiveServer(Handler handler, ServerLimits? limits = null, ILogger? logger = null)
    {
        Logger = new ListLogger();
        Assert.True(Endpoint.TryParse("http://127.0.0.1:0", out Endpoint? endpoint, out _));
        Listener = new MemoryListener(endpoint);
        var protocol = new HttpConnectionHandler(
            handler, limits ?? new ServerLimits(), Time, logger ?? Logger, detailedErrors: false);
        _server = new Server(
            [new ServedListener(Listener, protocol)], new ServerSettings { Time = Time, Logger = Logger });
        _server.Start();
        Client = Listener.Connect();
    }

    public ManualTimeProvider Time { get; } = new();

    public ListLogger Logger { get; }

    public MemoryListener Listener { get; }

    public MemoryConnection Client { get; }

    public Task<int> StopAsync(TimeSpan drain) => _server.StopAsync(drain).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Client.Abort();
        await StopAsync(TimeSpan.Zero);
    }

    /// <summary>Sends, and waits until the server has taken all of it and asks for more.</summary>
    public async Task SendAsync(string text)
    {
        await Client.SendAsync(Engine.Bytes(text));
        await StarvedAsync();
    }

    /// <summary>Sends without waiting.</summary>
    public ValueTask PostAsync(string text) => Client.SendAsync(Engine.Bytes(text));

    /// <summary>Ends when the server waits for bytes.</summary>
    public Task StarvedAsync() =>
        Client.WaitUntilPeerIsStarvedAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

    public async Task<string> ReceiveAsync()
    {
        int count = await Client.ReceiveAsync(_buffer).AsTask().WaitAsync(
            Patience, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(_buffer, 0, count);
    }

    /// <summary>Everything up to the end.</summary>
    public async Task<string> ReceiveAllAsync()
    {
        var all = new StringBuilder();
        for (string piece; (piece = await ReceiveAsync()).Length > 0;)
            all.Append(piece);
        return all.ToString();
    }

    /// <summary>Lets whole seconds pass.</summary>
    public void Pass(int seconds)
    {
        for (int second = 0; second < seconds; second++)
            Time.Advance(TimeSpan.FromSeconds(1));
    }
}
