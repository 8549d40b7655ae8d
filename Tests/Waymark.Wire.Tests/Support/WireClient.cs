using System.Text;
using Waymark.Tests.Support;
using Waymark.Transport.Memory;

namespace Waymark.Wire.Tests.Support;

/// <summary>The client's end of a connection in memory, on either layer; every wait has a limit.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MemoryConnection _connection;
    private readonly TlsPeer? _peer;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private WireClient(MemoryConnection connection, Layer layer)
    {
        _connection = connection;
        _peer = layer == Layer.Tls ? new TlsPeer(connection) : null;
    }

    /// <summary>False where the server has ended TLS without a word: nobody may take that for an end.</summary>
    public bool IsEndTold => _peer?.SawCloseNotify ?? true;

    /// <summary>Agrees with the server, which has to be there already.</summary>
    public static async Task<WireClient> StartAsync(MemoryConnection connection, Layer layer)
    {
        var client = new WireClient(connection, layer);
        if (client._peer is not null)
            await OverTls.AuthenticateAsync(client._peer);
        return client;
    }

    /// <summary>Sends, and waits until the server has taken all of it and asks for more, or has ended.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> data)
    {
        await PostAsync(data);
        await StarvedAsync();
    }

    /// <summary>Sends without waiting.</summary>
    public ValueTask PostAsync(ReadOnlyMemory<byte> data) =>
        _peer is null ? _connection.SendAsync(data) : _peer.Stream.WriteAsync(data);

    /// <summary>Ends when the server waits for bytes.</summary>
    public Task StarvedAsync() =>
        _connection.WaitUntilPeerIsStarvedAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>What has come, as Latin-1; empty at the end.</summary>
    public async Task<string> ReceiveAsync()
    {
        ValueTask<int> receiving = _peer is null
            ? _connection.ReceiveAsync(_buffer)
            : _peer.Stream.ReadAsync(_buffer, TestContext.Current.CancellationToken);
        int count = await receiving.AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(_buffer, 0, count);
    }

    /// <summary>Says that nothing more will be sent: close_notify, where there is TLS, and FIN.</summary>
    public async Task EndAsync()
    {
        try
        {
            if (_peer is not null)
                await _peer.SendCloseNotifyAsync();
        }
        catch (ConnectionLostException)
        {
            // The server has ended first; how, the next receive tells.
        }

        _connection.ShutdownSend();
    }

    /// <summary>Leaves with a reset.</summary>
    public void Abort() => _connection.Abort();

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
            await _peer.DisposeAsync();
        else
            await _connection.DisposeAsync();
    }
}
