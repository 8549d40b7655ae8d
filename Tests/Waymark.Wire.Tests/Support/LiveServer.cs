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

    private readonly Layer _layer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Server _server;
    private readonly MemoryListener _listener;
    private WireClient _client = null!;

    private LiveServer(Layer layer, Handler handler, ServerLimits? limits, ILogger? logger, int? connectionsMax)
    {
        _layer = layer;
        Assert.True(Endpoint.TryParse("http://127.0.0.1:0", out Endpoint? endpoint, out _));
        _listener = new MemoryListener(endpoint);
        var protocol = new HttpConnectionHandler(
            handler, limits ?? new ServerLimits(), Time, logger ?? Logger, detailedErrors: false,
            exceptions: new ExceptionPolicy(
                null, new Dictionary<Type, Func<Exception, ProblemDetails>>(), _stopping.Token));
        _server = new Server(
            [new ServedListener(_listener, layer == Layer.Tls ? OverTls.Protect(protocol, Time) : protocol)],
            new ServerSettings
            {
                Time = Time,
                Logger = Logger,
                ConnectionsMax = connectionsMax,
                RejectionAnswer = Http.Parsing.Refusals.Overloaded,
            });
        _server.Start();
    }

    public ManualTimeProvider Time { get; } = new();

    public ListLogger Logger { get; } = new();

    /// <summary>Starts one, and connects.</summary>
    public static async Task<LiveServer> StartAsync(
        Layer layer, Handler handler, ServerLimits? limits = null, ILogger? logger = null, int? connectionsMax = null)
    {
        var server = new LiveServer(layer, handler, limits, logger, connectionsMax);
        server._client = await server.ConnectAsync();
        return server;
    }

    /// <summary>One client more, agreed where there is TLS.</summary>
    public Task<WireClient> ConnectAsync() => WireClient.StartAsync(_listener.Connect(), _layer);

    /// <summary>The first step of a stop, alone.</summary>
    public Task AnnounceStopAsync() => _stopping.CancelAsync();

    public Task<int> StopAsync(TimeSpan drain) => _server.StopAsync(drain).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _client.Abort();
        await StopAsync(TimeSpan.Zero);
        _stopping.Dispose();
    }

    /// <summary>Sends, and waits until the server has taken all of it and asks for more, or has ended.</summary>
    public Task SendAsync(string text) => _client.SendAsync(Engine.Bytes(text));

    /// <summary>Sends without waiting.</summary>
    public ValueTask PostAsync(string text) => _client.PostAsync(Engine.Bytes(text));

    /// <summary>Says that the client sends nothing more.</summary>
    public Task EndAsync() => _client.EndAsync();

    /// <summary>The client leaves with a reset.</summary>
    public void Abort() => _client.Abort();

    /// <summary>Ends when the server waits for bytes.</summary>
    public Task StarvedAsync() => _client.StarvedAsync();

    /// <summary>What has come; empty at an end that the server has told.</summary>
    public async Task<string> ReceiveAsync()
    {
        string text = await _client.ReceiveAsync();
        Assert.True(text.Length > 0 || _client.IsEndTold, "the end is told");
        return text;
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
