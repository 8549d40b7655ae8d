using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A body has to come with 240 B/s after 5 s, counted over the time that its reader waits.</summary>
public class RateTests
{
    private const string Head = "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 25000000\r\n\r\n";
    private static readonly Handler Handler = new Router(new TestTable()).HandleAsync;

    protected virtual Layer Layer => Layer.Clear;

    [Theory]
    [InlineData(0, 5)]
    [InlineData(10, 5)]
    [InlineData(120, 10)]
    [InlineData(200, 30)]
    [InlineData(239, 1200)]
    [InlineData(240, null)]
    [InlineData(10_000, null)]
    public async Task A_body_that_comes_too_slowly_gets_408_at_this_second(int bytesPerSecond, int? cutAt)
    {
        await using var server = await LiveServer.StartAsync(Layer, Handler);
        await server.SendAsync(Head);
        Task<string> answer = server.ReceiveAsync();
        for (int second = 0; second < (cutAt ?? 1300) - 1; second++)
            await PassAsync(server, bytesPerSecond);
        Assert.False(answer.IsCompleted);
        if (cutAt is null)
            return;
        await PassAsync(server, bytesPerSecond);
        server.Pass(1);
        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_rate_only_a_body_that_stands_still_gets_408()
    {
        await using var server = await LiveServer.StartAsync(
            Layer, Handler, new ServerLimits { BodyBytesPerSecondMin = 0 });
        await server.SendAsync(Head);
        Task<string> answer = server.ReceiveAsync();
        for (int second = 0; second < 100; second++)
            await PassAsync(server, 1);
        server.Pass(9);
        Assert.False(answer.IsCompleted);
        server.Pass(2);
        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    private static async Task PassAsync(LiveServer server, int bytes)
    {
        if (bytes > 0)
            await server.SendAsync(new string('b', bytes));
        else
            await server.StarvedAsync();
        server.Pass(1);
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsRateTests : RateTests
{
    protected override Layer Layer => Layer.Tls;
}
