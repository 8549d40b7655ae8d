using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport.Listening;
using Waymark.Transport.Sockets;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Clients over TCP that take an answer slowly or not at all; time is the test's.</summary>
public class SlowReaderTests : IAsyncDisposable
{
    private const int AnswerBytes = 12 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _time = new();
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveBufferSize = 16 * 1024,
    };

    private readonly TaskCompletionSource<ConnectionContext> _started = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private Server? _server;

    protected virtual Layer Layer => Layer.Clear;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client.Dispose();
        if (_server is not null)
            await _server.StopAsync(TimeSpan.Zero).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_takes_nothing_is_reset_after_30_seconds_without_progress()
    {
        ConnectionContext context = await StartAsync();
        await UntilSendWaitsAsync(context);
        await PassAsync(29);
        Assert.False(context.IsReset);
        await PassAsync(3);
        Assert.True(context.IsReset);
        SocketException gone = await Assert.ThrowsAsync<SocketException>(ReadAllAsync);
        Assert.Equal(SocketError.ConnectionReset, gone.SocketErrorCode);
    }

    [Fact]
    public async Task Who_takes_ten_bytes_a_second_is_reset()
    {
        ConnectionContext context = await StartAsync();
        await UntilSendWaitsAsync(context);
        int second = 0;
        for (; second < 60 && !context.IsReset; second++)
        {
            await _client.ReceiveAsync(_buffer.AsMemory(0, 10), TestContext.Current.CancellationToken);
            await PassAsync(1);
        }

        Assert.InRange(second, 28, 34);
    }

    [Fact]
    public async Task Who_takes_an_answer_slowly_but_steadily_gets_all_of_it()
    {
        ConnectionContext context = await StartAsync();
        long total = 0;
        bool hasWaited = false;
        while (true)
        {
            long taken = context.Connection.BytesTaken;
            int count = await ReceiveUpToAsync(32 * 1024);
            if (count == 0)
                break;
            total += count;

            // That there is room has to reach the other side before the time that stands for it passes: 16 KB/s.
            // Time passes only while a send waits: once the kernel has all of it, the server lingers and closes.
            await UntilAsync(() => context.Connection.BytesTaken > taken || !IsSendWaiting(context));
            if (!IsSendWaiting(context))
                continue;
            hasWaited = true;
            await PassAsync(2);
            Assert.False(context.IsReset);
        }

        Assert.True(hasWaited, "The answer is too small to wait for its reader.");

        // Over TLS each record of 16 KiB has 22 octets around it.
        Assert.InRange(total, AnswerBytes, AnswerBytes + 500 + (Layer == Layer.Tls ? AnswerBytes / 500 : 0));
    }

    private async Task<ConnectionContext> StartAsync()
    {
        Assert.True(Transport.Endpoint.TryParse("http://127.0.0.1:0", out Transport.Endpoint? endpoint, out _));
        var listener = new SocketListener(ListeningSocket.Bind(endpoint, 8, new ListenOptions()));
        var inner = new HttpConnectionHandler(
            static async exchange =>
            {
                exchange.Response.ContentLength = AnswerBytes;
                await exchange.Response.WriteAsync(new byte[AnswerBytes]);
            },
            new ServerLimits(), _time, NullLogger.Instance, detailedErrors: false);
        var protocol = new LambdaHandler(context =>
        {
            _started.TrySetResult(context);
            return inner.RunAsync(context);
        });
        _server = new Server(
            [new ServedListener(listener, Layer == Layer.Tls ? OverTls.Protect(protocol, _time) : protocol)],
            new ServerSettings { Time = _time, Logger = NullLogger.Instance });
        _server.Start();
        await _client.ConnectAsync(IPEndPoint.Parse(listener.Endpoint.ToString()["http://".Length..]));
        var connection = new SocketConnection(_client);
        ReadOnlyMemory<byte> request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray();
        if (Layer == Layer.Clear)
        {
            await connection.SendAsync(request);
        }
        else
        {
            // What is read behind it is taken from the socket as it comes: nobody has to decrypt to be slow.
            TlsPeer peer = await OverTls.AuthenticateAsync(new TlsPeer(connection));
            await peer.Stream.WriteAsync(request);
        }

        return await _started.Task.WaitAsync(Patience);
    }

    /// <summary>Ends when the kernel takes no more.</summary>
    private static Task UntilSendWaitsAsync(ConnectionContext context) => UntilAsync(() => IsSendWaiting(context));

    private static bool IsSendWaiting(ConnectionContext context) =>
        context.Deadline != ConnectionContext.NoDeadline && context.DeadlineKind == DeadlineKind.Send;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Seconds of the server's time; what the kernel has to do between them is let happen.</summary>
    private async Task PassAsync(int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    /// <summary>So many bytes; fewer only at the end.</summary>
    private async Task<int> ReceiveUpToAsync(int bytes)
    {
        int total = 0;
        for (int count = 1; count > 0 && total < bytes; total += count)
        {
            count = await _client.ReceiveAsync(
                _buffer.AsMemory(0, bytes - total), TestContext.Current.CancellationToken);
        }

        return total;
    }

    private async Task ReadAllAsync()
    {
        while (await _client.ReceiveAsync(_buffer.AsMemory()) > 0)
        {
        }
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsSlowReaderTests : SlowReaderTests
{
    protected override Layer Layer => Layer.Tls;
}
