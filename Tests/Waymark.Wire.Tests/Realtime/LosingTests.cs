using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Waymark.Http;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>What a handler meets whose client goes, or takes nothing: none of it is the program's mistake.</summary>
public class LosingTests
{
    private const string Blamed = "The handler of GET /ws failed";
    private static readonly byte[] Large = new byte[1024 * 1024];

    private readonly ListLogger _log = new();
    private readonly TaskCompletionSource<Exception?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected virtual Layer Layer => Layer.Clear;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_leaves_while_something_is_sent_is_no_complaint()
    {
        var connection = new HeldConnection();
        Task serving = Serve(connection, static s => s.SendAsync(Large, WebSocketMessageType.Binary, true, default));
        await connection.Waits.Task.WaitAsync(Stop);
        connection.Abort();
        Assert.IsType<WebSocketException>(await _end.Task.WaitAsync(Stop));
        await Assert.ThrowsAnyAsync<IOException>(() => serving.WaitAsync(Stop));
        Assert.DoesNotContain(_log.Events, static one => one.Level >= LogLevel.Warning);
    }

    /// <summary>Who is silent and busy taking a message must not be left for a ping that was never sent.</summary>
    [Fact]
    public async Task A_ping_goes_out_behind_the_message_that_is_being_sent()
    {
        var connection = new HeldConnection();
        Task serving = Serve(connection, async s =>
        {
            Task sending = s.SendAsync(Large, WebSocketMessageType.Binary, true, default);
            ((IUpgradedProtocol)s).OnSilence();
            connection.Release();
            await sending;
        });
        Assert.Null(await _end.Task.WaitAsync(Stop));
        connection.StopReceiving();
        await serving.WaitAsync(Stop);
        Assert.Equal("\u0089\0\u0088\u0002\u0003\u00E8", connection.Frames[(Large.Length + 10)..]);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_handlers_close_is_no_complaint()
    {
        await using WireSocket socket = await OpenAsync(
            s => s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default));
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
        await socket.Server.StarvedAsync();
        socket.Server.Pass(6);
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.IsType<WebSocketException>(await _end.Task.WaitAsync(Stop));
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task A_client_that_answers_the_handlers_close_wrongly_is_no_complaint()
    {
        await using WireSocket socket = await OpenAsync(
            s => s.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default));
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync("\u0081\u0001a");
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.IsType<WebSocketException>(await _end.Task.WaitAsync(Stop));
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task A_failure_of_another_socket_is_the_programs()
    {
        await using WireSocket socket = await OpenAsync(_ => throw new WebSocketException(WebSocketError.Faulted));
        Assert.Equal("close 1011 The server has failed.", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync(Frame.Closing(1011));
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.Equal(Blamed, Assert.Single(socket.Complaints));
    }

    [Fact]
    public async Task A_failure_of_another_socket_is_the_programs_while_a_receive_waits()
    {
        await using WireSocket socket = await OpenAsync(s =>
        {
            _ = s.ReceiveAsync(Memory<byte>.Empty, default).AsTask();
            throw new WebSocketException(WebSocketError.Faulted);
        });
        Assert.Equal("close 1011 The server has failed.", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync(Frame.Closing(1011));
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.Equal(Blamed, Assert.Single(socket.Complaints));
    }

    [Fact]
    public async Task Abort_ends_a_receive_that_waits_and_leaves_nothing_behind()
    {
        Task? receiving = null;
        await using WireSocket socket = await OpenAsync(async s =>
        {
            await s.ReceiveAsync(new byte[10].AsMemory(), default);
            receiving = s.ReceiveAsync(new byte[10].AsMemory(), default).AsTask();
            s.Abort();
        });
        await socket.PostAsync(Frame.Of(Frame.Text, "go"));
        Assert.Null(await _end.Task.WaitAsync(Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => receiving!.WaitAsync(Stop));
        await socket.Server.StopAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(socket.Complaints);
    }

    private Task<WireSocket> OpenAsync(Func<WebSocket, Task> handler) =>
        WireSocket.OpenAsync(Layer, socket => RunAsync(socket, handler));

    private Task Serve(HeldConnection connection, Func<WebSocket, Task> handler) => Engine.Serve(
        connection, null, async exchange => await RunAsync((await WebSockets.AcceptAsync(exchange))!, handler), _log);

    private async Task RunAsync(WebSocket socket, Func<WebSocket, Task> handler)
    {
        try
        {
            await handler(socket);
            _end.SetResult(null);
        }
        catch (Exception e)
        {
            _end.SetResult(e);
            throw;
        }
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsLosingTests : LosingTests
{
    protected override Layer Layer => Layer.Tls;
}
