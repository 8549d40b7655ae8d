using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>The scenarios D14, H20 and H21: how long a connection may wait.</summary>
public class TimeScenarioTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static readonly Handler Handler = new Router(new TestTable()).HandleAsync;

    protected virtual Layer Layer => Layer.Clear;

    [Fact]
    public async Task D14_A_connection_stays_for_its_time_and_is_closed_after_it()
    {
        await using var server = await LiveServer.StartAsync(
            Layer, Handler, new ServerLimits { KeepAliveTimeout = TimeSpan.FromSeconds(3) });
        for (int round = 0; round < 2; round++)
        {
            await server.SendAsync(Get);
            Assert.StartsWith("HTTP/1.1 200 ", await server.ReceiveAsync(), StringComparison.Ordinal);
            server.Pass(2);
        }

        server.Time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal("", await server.ReceiveAsync());
        WireClient next = await server.ConnectAsync();
        await next.SendAsync(Engine.Bytes(Get));
        Assert.StartsWith("HTTP/1.1 200 ", await next.ReceiveAsync(), StringComparison.Ordinal);
        next.Abort();
    }

    [Fact]
    public async Task H20_D27_An_idle_connection_is_closed_silently_within_a_fifth_of_a_second_of_its_time()
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.SendAsync(Get);
        await server.ReceiveAsync();
        Task<string> rest = server.ReceiveAsync();
        server.Time.Advance(TimeSpan.FromSeconds(74.9));
        Assert.False(rest.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(0.3));
        Assert.Equal("", await rest);
        await server.EndAsync();
        await server.Logger.UntilAsync(1005);
        Assert.EndsWith(
            ": timeout", server.Logger.Events.Single(e => e.Id == 1005).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H21_Who_connects_and_stays_silent_is_closed_silently()
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.StarvedAsync();
        Task<string> rest = server.ReceiveAsync();
        server.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(rest.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(0.3));
        Assert.Equal("", await rest);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: abcdefgh\r\n")]
    [InlineData("HEAD / HTTP/1.1\r\nHost: abcdefgh\r\n")]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: abc")]
    public async Task H21_A_byte_a_second_gets_408_when_the_time_of_the_whole_head_is_over(string head)
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        Task<string> answer = server.ReceiveAsync();
        for (int second = 0; second < 10; second++)
        {
            Assert.False(answer.IsCompleted);
            await server.SendAsync(head[second..(second + 1)]);
            server.Pass(1);
        }

        server.Pass(1);
        string text = await answer;
        Assert.StartsWith("HTTP/1.1 408 ", text, StringComparison.Ordinal);
        Assert.Equal(head[0] == 'H', text.EndsWith("\r\n\r\n", StringComparison.Ordinal));
        Assert.Equal("", await server.ReceiveAsync());
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsTimeScenarioTests : TimeScenarioTests
{
    protected override Layer Layer => Layer.Tls;
}
