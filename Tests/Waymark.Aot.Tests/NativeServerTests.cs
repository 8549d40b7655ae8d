using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Waymark.TestSupport;

namespace Waymark.Aot.Tests;

/// <summary>
/// Raw TCP, commands, tickers and child processes in native binaries; Waymark.Wire.Tests has the rest.
/// </summary>
public sealed class NativeServerTests(
    PublishedEcho echo, PublishedRedis redis, PublishedTicker ticker, PublishedIsolated isolated)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// Sizes when this was written, with 6 % to either side: less lacks something, more pulled something in.
    /// </summary>
    [Fact]
    public void They_publish_without_a_warning_and_their_sizes_are_in_their_windows()
    {
        foreach ((PublishedSample sample, double megabytes) in new (PublishedSample, double)[]
            { (echo, 3.98), (redis, 3.71), (ticker, 4.56), (isolated, 3.89) })
        {
            sample.AssertCleanNative();
            double size = new FileInfo(sample.BinaryPath).Length / 1e6;
            Assert.True(
                size > megabytes * 0.94 && size < megabytes * 1.06, $"{sample.BinaryPath}: {size:F2} MB");
        }
    }

    [Fact]
    public async Task Lines_and_JSON_are_echoed()
    {
        await using RunningServer server =
            await RunningServer.StartAsync([echo.BinaryPath, "tcp://127.0.0.1:0", "tcp://127.0.0.1:0"]);
        Assert.Equal("hello\nquit\n", await TalkAsync(server.Addresses[0], "hello\nquit\n"));
        Assert.Equal(
            """{"text":"hi","number":1}""" + "\n", await TalkAsync(server.Addresses[1], """{"text":"hi"}""" + "\n"));
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Commands_are_found_and_answered()
    {
        await using RunningServer server = await RunningServer.StartAsync([redis.BinaryPath, "tcp://127.0.0.1:0"]);
        Assert.Equal(
            "+OK\r\n:2\r\n:2\r\n*2\r\n$1\r\nb\r\n$1\r\na\r\n-ERR unknown command 'nowhere'\r\n"
            + "-ERR value is not an integer or out of range\r\n+OK\r\n",
            await TalkAsync(
                server.Addresses[0],
                "set n 1\r\nINCR n\r\nlpush l a b\r\nlrange l 0 -1\r\nnowhere\r\nincrby n x\r\nQUIT\r\n"));
        Assert.Equal(
            "-ERR Protocol error: invalid bulk length\r\n", await TalkAsync(server.Addresses[0], "*1\r\n$x\r\n"));
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("16")]
    public async Task Redis_benchmark_runs_its_tests_without_an_error(string pipeline)
    {
        Tool.Need("redis-cli", "redis-benchmark");
        await using RunningServer server = await RunningServer.StartAsync([redis.BinaryPath, "tcp://127.0.0.1:0"]);
        string port = server.Addresses[0].Port.ToString(CultureInfo.InvariantCulture);
        Assert.Equal((0, "PONG\n"), await Tool.RunAsync("redis-cli", "-p", port, "ping"));
        (int exitCode, string output) = await Tool.RunAsync(
            "redis-benchmark", "-p", port, "-q", "-n", "20000", "-P", pipeline);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("rror", output, StringComparison.Ordinal);
        Assert.Contains("ZPOPMIN: ", output, StringComparison.Ordinal);
        Assert.Contains("MSET (10 keys): ", output, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(output);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticker_counts_in_the_process_and_in_a_child(bool isIsolated)
    {
        string[] mode = isIsolated ? ["isolated"] : [];
        await using RunningServer server =
            await RunningServer.StartAsync([ticker.BinaryPath, .. mode, "http://127.0.0.1:0"]);
        string parent = await server.Client.GetStringAsync(new Uri("/pid", UriKind.Relative), Stop);
        using var patience = new CancellationTokenSource(Patience);
        string count;
        do
        {
            count = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative), patience.Token);
        }
        while (count.StartsWith("""{"ticks":0,""", StringComparison.Ordinal)
            || count.StartsWith("""{"ticks":1,""", StringComparison.Ordinal));
        Assert.Equal(!isIsolated, count.EndsWith($"\"processId\":{parent}}}", StringComparison.Ordinal));
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task A_server_runs_in_a_child()
    {
        await using RunningServer server =
            await RunningServer.StartAsync([isolated.BinaryPath, "http://127.0.0.1:0", "Welcome"]);
        string answer = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Matches("^Welcome from process [0-9]+\n$", answer);
        string child = answer.Trim().Split(' ')[^1];
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(Directory.Exists("/proc/" + child));
    }

    /// <summary>What a client gets for all that it sends, up to the end of the connection.</summary>
    private static async Task<string> TalkAsync(Uri address, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop).AsTask().WaitAsync(Patience, Stop);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Stop);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Stop).WaitAsync(Patience, Stop);
    }
}
