using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http.Parsing;
using Waymark.Tests.Support;
using Waymark.Transport;
using Waymark.Transport.Memory;
using Waymark.Transport.Tls;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A keep-alive request over TLS allocates what SslStream allocates, and nothing more.</summary>
/// <remarks>
/// A client encrypts its requests beforehand; the server then gets one record at each receive, so that everything
/// completes at once on the measuring thread. The twin is a bare SslStream that reads the same records and writes an
/// answer of the same length.
/// </remarks>
public sealed class TlsAllocationTests
{
    private const string Request = "GET /json HTTP/1.1\r\nHost: x\r\n\r\n";
    private const int WarmUpCount = 200;
    private const int RequestCount = 2_000;

    [Fact]
    public async Task A_request_over_TLS_allocates_no_more_than_SslStream_does()
    {
        long bare = long.MaxValue;
        long served = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            bare = Math.Min(bare, await MeasureAsync(ReadAndWriteAsync));
            served = Math.Min(served, await MeasureAsync(ServeAsync));
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{RequestCount} requests over TLS: SslStream alone {bare} B, served {served} B");
        Assert.True(bare >= 0 && served >= 0, "something was measured");
        Assert.True(served <= bare, $"{RequestCount} requests: {served} B against {bare} B of SslStream alone");
    }

    private static async Task<long> MeasureAsync(Func<TlsConnection, Task> serve)
    {
        (MemoryConnection below, MemoryConnection client) = MemoryConnection.Create();
        var replayed = new ReplayedConnection(below);
        var captured = new TappedConnection(below);
        var server = new TlsConnection(replayed, OverTls.Terms());
        await using var peer = new TlsPeer(client);
        Task<string?> agreeing = server.HandshakeAsync().AsTask();
        await OverTls.AuthenticateAsync(peer);
        Assert.Null(await agreeing);

        // One request is one record: what arrives below is cut by the record headers.
        for (int count = 0; count < WarmUpCount + RequestCount; count++)
            await peer.SendAsync(Request);
        client.ShutdownSend();
        byte[] buffer = new byte[64 * 1024];
        while (await captured.ReceiveAsync(buffer) > 0)
        {
        }

        replayed.Replay(captured.Received, WarmUpCount);
        Task serving = serve(server);
        Assert.True(serving.IsCompleted, "everything completes at once on this thread");
        await serving;
        return replayed.AllocatedBytes;
    }

    private static Task ServeAsync(TlsConnection server) =>
        Engine.Protocol(null, null, NullLogger.Instance, new ManualTimeProvider(), TargetRules.Strict)
            .RunAsync(new ConnectionContext(server, 1, CancellationToken.None));

    private static async Task ReadAndWriteAsync(TlsConnection server)
    {
        SslStream bare = server.Stream;
        byte[] buffer = new byte[4096];
        byte[] answer = new byte[140];
        while (await bare.ReadAsync(buffer) > 0)
            await bare.WriteAsync(answer);
    }

    /// <summary>Passes the handshake through, then gives records from memory and drops what is sent.</summary>
    private sealed class ReplayedConnection(Connection inner) : Connection
    {
        private byte[]? _records;
        private int _offset;
        private int _untilWarm;
        private long _bytesWhenWarm;

        /// <summary>What the requests after those that warm up have allocated; not what the end does.</summary>
        public long AllocatedBytes { get; private set; } = -1;

        public override EndPoint? RemoteEndPoint => null;

        public override EndPoint? LocalEndPoint => null;

        public void Replay(byte[] records, int warmUpCount) => (_records, _untilWarm) = (records, warmUpCount);

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            if (_records is null)
                return inner.ReceiveAsync(buffer);
            if (buffer.IsEmpty)
                return new ValueTask<int>(0);
            if (_untilWarm-- == 0)
                _bytesWhenWarm = GC.GetAllocatedBytesForCurrentThread();
            if (_offset == _records.Length)
            {
                if (AllocatedBytes < 0)
                    AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _bytesWhenWarm;
                return new ValueTask<int>(0);
            }

            int length = 5 + ((_records[_offset + 3] << 8) | _records[_offset + 4]);
            _records.AsSpan(_offset, length).CopyTo(buffer.Span);
            _offset += length;
            return new ValueTask<int>(length);
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> data) =>
            _records is null ? inner.SendAsync(data) : ValueTask.CompletedTask;

        public override void StopReceiving() => inner.StopReceiving();

        public override void ShutdownSend() => inner.ShutdownSend();

        public override void Abort() => inner.Abort();

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
