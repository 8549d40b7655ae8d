using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>RFC 9110 section 7.8: a handler takes the connection over and speaks a toy protocol that echoes.</summary>
public class UpgradeTests
{
    private const string Ask =
        "GET /toy HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: other/2, TOY\r\n\r\n";

    private const string Switching =
        "HTTP/1.1 101 Switching Protocols\r\nDate: *\r\nConnection: Upgrade\r\nUpgrade: toy\r\nX-Toy: yes\r\n\r\n";

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task What_came_behind_the_request_is_read_first_and_the_end_of_the_handler_closes()
    {
        await using var server = await LiveServer.StartAsync(Layer, EchoAsync);
        await server.PostAsync(Ask + "one.");
        string answer = await server.ReceiveAsync();
        Assert.Equal(Switching, Engine.HideDates(answer));
        Assert.Equal("one.", await server.ReceiveAsync());
        await server.SendAsync("two.");
        Assert.Equal("two.", await server.ReceiveAsync());
        await server.PostAsync("end");
        Assert.Equal("bye", await server.ReceiveAsync());
        Assert.Equal("", await server.ReceiveAsync());
        Assert.DoesNotContain(server.Logger.Events, e => e.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task An_upgrade_is_alike_at_every_split()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Ask + "end", handler: EchoAsync);
        Assert.Equal(Switching + "bye", answer.Text);
    }

    [Fact]
    public async Task Requests_before_are_answered_before()
    {
        WireAnswer answer = await Engine.PlayAsync(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + Ask + "end", handler: EchoAsync);
        Assert.EndsWith(Switching + "bye", answer.Text, StringComparison.Ordinal);
        Assert.Equal("426 101", answer.Statuses);
    }

    [Theory]
    [InlineData("GET /toy HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: toy\r\n\r\n")]
    [InlineData("GET /toy HTTP/1.1\r\nHost: x\r\nUpgrade: toy\r\n\r\n")]
    [InlineData("GET /toy HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("GET /toy HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: toys, to\r\n\r\n")]
    [InlineData("POST /toy HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: toy\r\nContent-Length: 1\r\n\r\na")]
    [InlineData("POST /toy HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: toy\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task A_request_that_does_not_ask_for_it_or_cannot_have_it_is_answered_in_HTTP(string request)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(request, handler: EchoAsync);
        Assert.Equal("426", answer.Statuses);
        WireAnswer forced = await Engine.PlayAsync(
            request, handler: static async exchange => await exchange.UpgradeAsync("toy"u8));
        Assert.Equal("500", forced.Statuses);
    }

    [Fact]
    public async Task A_peer_that_sends_nothing_ends_the_read_with_a_timeout_and_the_connection()
    {
        IOException? thrown = null;
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            await using Stream stream = await exchange.UpgradeAsync("toy"u8);
            Assert.Equal(75_000, stream.ReadTimeout);
            stream.ReadTimeout = 20_000;
            thrown = await Assert.ThrowsAsync<IOException>(() => ReadAsync(stream));
        });
        await server.PostAsync(Ask);
        Assert.StartsWith("HTTP/1.1 101 ", await server.ReceiveAsync(), StringComparison.Ordinal);
        await server.StarvedAsync();
        server.Pass(21);
        Assert.Equal("", await server.ReceiveAsync());
        Assert.IsType<TimeoutException>(thrown?.InnerException);
    }

    [Fact]
    public async Task A_stop_ends_the_read_of_an_upgraded_connection()
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            Stream stream = await exchange.UpgradeAsync("toy"u8);
            ended.SetResult(await stream.ReadAsync(new byte[10]));
        });
        await server.PostAsync(Ask);
        await server.ReceiveAsync();
        await server.StarvedAsync();
        Task stop = server.StopAsync(TimeSpan.Zero);
        Assert.Equal(0, await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await stop;
    }

    [Fact]
    public async Task A_cancelled_read_ends_and_a_second_read_or_write_beside_the_first_throws()
    {
        var seen = new StringBuilder();
        await using var server = await LiveServer.StartAsync(Layer, async exchange =>
        {
            Stream stream = await exchange.UpgradeAsync("toy"u8);
            using var cancel = new CancellationTokenSource();
            Task<int> first = stream.ReadAsync(new byte[10], cancel.Token).AsTask();
            await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            await stream.WriteAsync("still"u8.ToArray());
        });
        await server.PostAsync(Ask);
        seen.Append(await server.ReceiveAllAsync());
        Assert.EndsWith("\r\n\r\nstill", seen.ToString(), StringComparison.Ordinal);
    }

    private static Task<int> ReadAsync(Stream stream) =>
        stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();

    /// <summary>Sends back what comes; at "end" it says bye and leaves.</summary>
    private static async ValueTask EchoAsync(Exchange exchange)
    {
        if (!exchange.CanUpgrade("toy"u8))
        {
            exchange.Response.StatusCode = 426;
            return;
        }

        exchange.Response.Headers.Set("X-Toy", "yes");
        await using Stream stream = await exchange.UpgradeAsync("toy"u8);
        byte[] buffer = new byte[64];
        string last = "";
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
        {
            string text = Encoding.ASCII.GetString(buffer, 0, count);
            last += text;
            if (last.EndsWith("end", StringComparison.Ordinal))
            {
                await stream.WriteAsync("bye"u8.ToArray());
                return;
            }

            if (text.EndsWith('.'))
                await stream.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsUpgradeTests : UpgradeTests
{
    protected override Layer Layer => Layer.Tls;
}
