using System.Net;
using System.Text;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Wire.Tests;

/// <summary>What a connection says that it is doing, and why it ended.</summary>
public sealed class ConnectionStateTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    [Fact]
    public async Task H40_A_connection_goes_through_its_states_in_order()
    {
        string seen = await WatchAsync([Get, "GET / HT", "TP/1.1\r\nHost: x\r\n\r\n", Last]);
        Assert.Equal(
            "New receive, Processing 1, Writing send, KeepAlive receive, "
            + "Reading receive, Processing 2, Writing send, KeepAlive receive, Processing 3, Writing send, "
            + "Closing receive: the client asked for it",
            seen);
    }

    [Fact]
    public async Task H40_Pipelined_requests_do_not_pass_KeepAlive()
    {
        Assert.Equal(
            "New receive, Processing 1, Processing 2, Writing send, Closing receive: the client asked for it",
            await WatchAsync([Get + Last]));
    }

    [Theory]
    [InlineData("", "the peer closed it")]
    [InlineData(Get, "the peer closed it")]
    [InlineData(Last, "the client asked for it")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "the client asked for it")]
    [InlineData("GET / HTTP/9.9\r\n\r\n", "505 HTTP Version Not Supported")]
    [InlineData("GET /410 HTTP/1.1\r\nHost: x\r\n\r\n", "410 Gone")]
    [InlineData("GET /stop HTTP/1.1\r\nHost: x\r\n\r\n", "the server stops")]
    [InlineData("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n", "the handler failed")]
    [InlineData("GET /short HTTP/1.1\r\nHost: x\r\n\r\n", "the answer could not be completed")]
    [InlineData(Get + Get + Get + Get, "request limit")]
    public async Task D27_The_end_of_a_connection_has_a_reason(string input, string reason) =>
        Assert.EndsWith($": {reason}", await WatchAsync(input.Length == 0 ? [] : [input]), StringComparison.Ordinal);

    private static async Task<string> WatchAsync(string[] pieces)
    {
        var connection = new WatchedConnection(pieces);
        var context = new ConnectionContext(connection, 1, CancellationToken.None);
        connection.Context = context;
        var protocol = new HttpConnectionHandler(
            exchange => Answer(exchange, context, connection), new ServerLimits(), TimeProvider.System,
            new ListLogger(), detailedErrors: false, closing: new ClosePolicy(3, true, FaultPolicy.CloseSilently));
        await protocol.RunAsync(context);
        return $"{string.Join(", ", connection.Seen)}: {context.EndReason}";
    }

    private static ValueTask Answer(Exchange exchange, ConnectionContext context, WatchedConnection connection)
    {
        connection.Seen.Add($"{exchange.Connection.State} {exchange.Connection.RequestCount}");
        switch (exchange.Request.Path)
        {
            case "/410":
                exchange.Response.StatusCode = 410;
                break;
            case "/stop":
                context.IsStopping = true;
                break;
            case "/throw":
                throw new InvalidOperationException("secret");
            case "/short":
                exchange.Response.ContentLength = 5;
                exchange.Response.Write("abc"u8);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private sealed class WatchedConnection(string[] pieces) : Connection
    {
        private int _index;

        public ConnectionContext? Context { get; set; }

        public List<string> Seen { get; } = [];

        public override EndPoint? RemoteEndPoint => null;

        public override EndPoint? LocalEndPoint => null;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            Seen.Add($"{Context!.State} receive");
            return new ValueTask<int>(
                _index == pieces.Length ? 0 : Encoding.ASCII.GetBytes(pieces[_index++], buffer.Span));
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
        {
            Seen.Add($"{Context!.State} send");
            return ValueTask.CompletedTask;
        }

        public override void StopReceiving()
        {
        }

        public override void ShutdownSend()
        {
        }

        public override void Abort()
        {
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
