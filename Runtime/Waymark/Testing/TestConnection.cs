using System.Text;
using Waymark.Transport;

namespace Waymark.Testing;

/// <summary>A client's end of a connection, for tests that play octets and look at what comes back.</summary>
/// <remarks>Text is Latin-1: each character is one octet. One send and one receive at a time.</remarks>
public sealed class TestConnection : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly byte[] _buffer = new byte[16 * 1024];

    internal TestConnection(Connection connection) => _connection = connection;

    /// <summary>Sends text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public Task SendAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>Sends octets.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> octets) => _connection.SendAsync(octets).AsTask();

    /// <summary>Waits for what comes next.</summary>
    /// <param name="stop">Ends the wait; the connection is of no more use then.</param>
    /// <returns>At least one character; empty at the end.</returns>
    /// <exception cref="IOException">The server has reset the connection.</exception>
    public async Task<string> ReceiveAsync(CancellationToken stop = default)
    {
        int count = await _connection.ReceiveAsync(_buffer).AsTask().WaitAsync(stop).ConfigureAwait(false);
        return Encoding.Latin1.GetString(_buffer, 0, count);
    }

    /// <summary>Waits until what has come contains a text.</summary>
    /// <param name="text">For example the end of the expected answer.</param>
    /// <param name="stop">Ends the wait; the connection is of no more use then.</param>
    /// <returns>All that has come.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is null or empty.</exception>
    /// <exception cref="IOException">The connection was reset, or ended without the text.</exception>
    public async Task<string> ReceiveUntilAsync(string text, CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var all = new StringBuilder();
        while (!all.ToString().Contains(text, StringComparison.Ordinal))
        {
            string piece = await ReceiveAsync(stop).ConfigureAwait(false);
            if (piece.Length == 0)
                throw new IOException($"The connection ended without '{text}', behind:\n{all}");
            all.Append(piece);
        }

        return all.ToString();
    }

    /// <summary>Waits for all that comes up to the end of the connection.</summary>
    /// <param name="stop">Ends the wait; the connection is of no more use then.</param>
    /// <exception cref="IOException">The server has reset the connection.</exception>
    public async Task<string> ReceiveAllAsync(CancellationToken stop = default)
    {
        var all = new StringBuilder();
        for (string piece; (piece = await ReceiveAsync(stop).ConfigureAwait(false)).Length > 0;)
            all.Append(piece);
        return all.ToString();
    }

    /// <summary>Tells the server that nothing more comes (FIN); receiving goes on.</summary>
    public void FinishSending() => _connection.ShutdownSend();

    /// <summary>Ends the connection at once: the server sees a reset.</summary>
    public void Reset() => _connection.Abort();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
