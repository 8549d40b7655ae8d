using Waymark.Connections;
using Waymark.Transport;
using Waymark.Transport.Memory;

namespace Waymark.Wire.Tests.Support;

/// <summary>A client that sends a request and takes nothing of the answer, on either layer.</summary>
internal sealed class StuckClient
{
    private readonly StuckLayer _below;

    private StuckClient(StuckLayer below, ConnectionContext context, Task serving)
    {
        _below = below;
        Context = context;
        Serving = serving;
    }

    public ConnectionContext Context { get; }

    /// <summary>The protocol on the connection.</summary>
    public Task Serving { get; }

    /// <summary>Ends once a send waits for the client.</summary>
    public Task SendWaits => _below.Waits.Task;

    /// <summary>Connects, agrees where there is TLS, and takes nothing from then on.</summary>
    /// <param name="layer">What the protocol is spoken on.</param>
    /// <param name="protocol">What the server speaks.</param>
    /// <param name="request">What the client sends; empty to have it send later.</param>
    /// <param name="time">Whose deadlines are set; null for the system's.</param>
    public static async Task<StuckClient> StartAsync(
        Layer layer, ConnectionHandler protocol, string request, TimeProvider? time = null)
    {
        (MemoryConnection server, MemoryConnection connection) = MemoryConnection.Create();
        var below = new StuckLayer(server);
        var context = new ConnectionContext(below, 1, CancellationToken.None, time);
        ConnectionHandler outer =
            layer == Layer.Tls ? OverTls.Protect(protocol, time ?? TimeProvider.System) : protocol;
        Task serving = Task.Run(() => outer.RunAsync(context));
        WireClient client = await WireClient.StartAsync(connection, layer);

        // What belongs to the handshake has gone out by then.
        await client.StarvedAsync();
        below.IsStuck = true;
        await client.PostAsync(Engine.Bytes(request));
        return new StuckClient(below, context, serving);
    }

    /// <summary>Ends the connection: the send that waits fails.</summary>
    public void Abort() => _below.Abort();

    private sealed class StuckLayer(Connection inner) : ConnectionLayer(inner)
    {
        private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStuck { get; set; }

        public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
        {
            if (!IsStuck)
                return base.SendAsync(data);
            Waits.TrySetResult();
            return new ValueTask(_sending.Task);
        }

        public override void Abort()
        {
            _sending.TrySetException(new ConnectionLostException("The connection was aborted."));
            base.Abort();
        }
    }
}
