using System.Net;
using Waymark.Connections;
using Waymark.Transport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>What an open socket holds while nothing comes: the handler's own buffer not counted.</summary>
public sealed class IdleMemoryTests
{
    private const int Count = 1000;

    // The block of the request's head is part of it, since captures point into it.
    private const int BytesMax = 8 * 1024;

    [Fact]
    public async Task An_idle_socket_holds_little()
    {
        _ = await OpenAsync(100); // What is made once.
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (SilentConnection[] connections, Task[] serving) = await OpenAsync(Count);
        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes} bytes for each socket");
        Assert.InRange(bytes, 500, BytesMax);
        foreach (SilentConnection connection in connections)
            connection.StopReceiving();
        await Task.WhenAll(serving);
    }

    private static Task<(SilentConnection[] Connections, Task[] Serving)> OpenAsync(int count)
    {
        ConnectionHandler protocol = Engine.Protocol(static async exchange =>
        {
            if (await WebSockets.AcceptAsync(exchange) is { } socket)
                await socket.ReceiveAsync(Memory<byte>.Empty, default);
        });
        var connections = new SilentConnection[count];
        var serving = new Task[count];
        for (int index = 0; index < count; index++)
        {
            connections[index] = new SilentConnection();
            serving[index] = protocol.RunAsync(
                new ConnectionContext(connections[index], index, CancellationToken.None));
            Assert.False(serving[index].IsCompleted);
        }

        return Task.FromResult((connections, serving));
    }

    /// <summary>Sends the handshake, and then nothing.</summary>
    private sealed class SilentConnection : Connection
    {
        private static readonly byte[] Ask = Engine.Bytes(Frame.Ask);

        private readonly TaskCompletionSource<int> _end = new();
        private bool _hasAsked;

        public override EndPoint? RemoteEndPoint => null;

        public override EndPoint? LocalEndPoint => null;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            if (_hasAsked)
                return new ValueTask<int>(_end.Task);
            _hasAsked = true;
            Ask.CopyTo(buffer);
            return new ValueTask<int>(Ask.Length);
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> data) => ValueTask.CompletedTask;

        public override void StopReceiving() => _end.TrySetResult(0);

        public override void ShutdownSend()
        {
            // Nobody is there to see it.
        }

        public override void Abort() => StopReceiving();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
