using System.Net.WebSockets;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>RFC 6455 section 7: how a socket ends, whoever ends it, and what silence is worth.</summary>
public class EndingTests
{
    private const int Seconds = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task A_handler_that_returns_closes_with_1000_and_waits_for_the_answer()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, _ => Task.CompletedTask);
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
        await socket.Server.StarvedAsync();
        await socket.PostAsync(Frame.Of(Frame.Text, "too late") + Frame.Closing(1000));
        Assert.Equal("", await socket.ReceiveAllAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_closes_with_1011_and_is_logged()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(
            Layer, _ => throw new InvalidOperationException("secret"));
        Assert.Equal("close 1011 The server has failed.", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync(Frame.Closing(1011));
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.Equal("The handler of GET /ws failed", Assert.Single(socket.Complaints));
    }

    [Fact]
    public async Task A_handler_that_throws_behind_the_clients_close_says_1011()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
        {
            await WireSocket.EchoAsync(s);
            throw new InvalidOperationException();
        });
        await socket.PostAsync(Frame.Closing(1000));
        Assert.Equal("close 1011 The server has failed.", await socket.ReceiveAllAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_closes_with_a_code_of_its_own(bool waits)
    {
        WebSocketCloseStatus? answered = null;
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
        {
            var status = (WebSocketCloseStatus)4001;
            if (waits)
                await s.CloseAsync(status, "enough", default);
            else
                await s.CloseOutputAsync(status, "enough", default);
            answered = s.CloseStatus;
            await s.CloseOutputAsync(status, "again", default); // Changes nothing.
        });
        Assert.Equal("close 4001 enough", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync(Frame.Closing(4002));
        Assert.Equal("", await socket.ReceiveAllAsync());
        Assert.Equal(waits ? 4002 : null, (int?)answered);
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_close_is_left_after_five_seconds()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, _ => Task.CompletedTask);
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
        Task<string> rest = socket.ReceiveAllAsync();
        for (int second = 0; second < 4; second++)
        {
            // Sending all the time does not prolong it.
            await socket.PostAsync(Frame.Of(Frame.Binary, "x"));
            await socket.Server.StarvedAsync();
            socket.Server.Pass(1);
        }

        Assert.False(rest.IsCompleted);
        socket.Server.Pass(2);
        Assert.Equal("", await rest);
    }

    [Fact]
    public async Task Silence_is_asked_about_and_a_pong_is_an_answer()
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        for (int round = 0; round < 3; round++)
        {
            await socket.Server.StarvedAsync();
            socket.Server.Pass(Seconds + 1);
            Assert.Equal("ping ", $"{await socket.ReceiveAsync()}");
            await socket.PostAsync(Frame.Of(Frame.Pong, ""));
        }

        await socket.PostAsync(Frame.Of(Frame.Text, "here"));
        Assert.Equal("text here", $"{await socket.ReceiveAsync()}");
    }

    [Fact]
    public async Task Who_does_not_answer_a_ping_is_closed_with_1001()
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(Layer);
        await socket.Server.StarvedAsync();
        socket.Server.Pass(Seconds + 1);
        Assert.Equal("ping ", $"{await socket.ReceiveAsync()}");
        Task<string> rest = socket.ReceiveAllAsync();
        socket.Server.Pass(19);
        Assert.False(rest.IsCompleted);
        socket.Server.Pass(2);
        Assert.Equal("close 1001 Nothing came, and no pong.", await rest);
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task Without_an_interval_nobody_is_asked()
    {
        await using WireSocket socket = await WireSocket.OpenEchoAsync(
            Layer, new WebSocketOptions { PingInterval = Timeout.InfiniteTimeSpan });
        await socket.Server.StarvedAsync();
        socket.Server.Pass(1000);
        await socket.PostAsync(Frame.Of(Frame.Text, "here"));
        Assert.Equal("text here", $"{await socket.ReceiveAsync()}");
    }

    [Fact]
    public async Task A_stop_closes_with_1001_and_the_answer_ends_the_handler()
    {
        WebSocketMessageType? last = null;
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
            last = (await s.ReceiveAsync(new byte[10].AsMemory(), default)).MessageType);
        await socket.Server.StarvedAsync();
        await socket.Server.AnnounceStopAsync();
        Assert.Equal("close 1001 The server stops.", $"{await socket.ReceiveAsync()}");
        Task<int> stop = socket.Server.StopAsync(TimeSpan.FromSeconds(30));
        await socket.PostAsync(Frame.Closing(1001));
        Assert.Equal("", await socket.ReceiveAllAsync());
        await socket.Server.EndAsync(); // The server would wait a second for it, and time stands still.
        Assert.Equal(0, await stop);
        Assert.Equal(WebSocketMessageType.Close, last);
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task A_receive_that_the_handler_has_left_behind_does_not_spoil_the_end()
    {
        Task? left = null;
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, s =>
        {
            left = s.ReceiveAsync(new byte[10].AsMemory(), default).AsTask();
            return Task.CompletedTask;
        });
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
        await socket.PostAsync(Frame.Closing(1000));
        Assert.Equal("", await socket.ReceiveAllAsync());
        await left!.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task A_receive_that_the_handler_cancels_ends_with_a_close_frame()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
        {
            using var cancel = new CancellationTokenSource();
            Task receiving = s.ReceiveAsync(new byte[10].AsMemory(), cancel.Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        });
        Assert.Equal("close 1000", await socket.ReceiveAllAsync());
        Assert.Empty(socket.Complaints);
    }

    [Fact]
    public async Task Disposing_closes_nothing_before_the_handler_ends()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
        {
            using (s)
            {
            }

            await _release.Task;
            await s.SendAsync("on"u8.ToArray(), WebSocketMessageType.Text, true, default);
        });
        _release.SetResult();
        Assert.Equal("text on", $"{await socket.ReceiveAsync()}");
        Assert.Equal("close 1000", $"{await socket.ReceiveAsync()}");
    }

    [Fact]
    public async Task An_array_is_received_into_and_sent_from_as_well()
    {
        await using WireSocket socket = await WireSocket.OpenAsync(Layer, async s =>
        {
            byte[] buffer = new byte[10];
            WebSocketReceiveResult part = await s.ReceiveAsync(new ArraySegment<byte>(buffer), default);
            await s.SendAsync(
                new ArraySegment<byte>(buffer, 0, part.Count), part.MessageType, part.EndOfMessage, default);
            part = await s.ReceiveAsync(new ArraySegment<byte>(buffer), default);
            Assert.Equal(((WebSocketCloseStatus?)3000, "x"), (part.CloseStatus, part.CloseStatusDescription));
        });
        await socket.PostAsync(Frame.Of(Frame.Binary, "abc") + Frame.Closing(3000, "x"));
        Assert.Equal("binary abc, close 3000", await socket.ReceiveAllAsync());
        Assert.Empty(socket.Complaints);
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsEndingTests : EndingTests
{
    protected override Layer Layer => Layer.Tls;
}
