using System.Text;
using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Redis;

/// <summary>Samples/Redis under Redis' own tools.</summary>
public sealed class RedisToolTests(RunningRedis redis) : IClassFixture<RunningRedis>
{
    [Fact]
    public async Task Redis_cli_talks_to_it()
    {
        Tool.Need("redis-cli");
        Assert.Equal("OK\n", await AskAsync("set", "key", "a value"));
        Assert.Equal("\"a value\"\n", await AskAsync("--no-raw", "get", "key"));
        Assert.Equal("1) \"a value\"\n2) (nil)\n", await AskAsync("--no-raw", "mget", "key", "none"));
        Assert.Equal("(error) ERR unknown command 'nowhere'\n", await AskAsync("--no-raw", "nowhere"));
        Assert.Contains("redis_version:", await AskAsync("info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_cli_reads_commands_from_a_pipe()
    {
        Tool.Need("redis-cli");
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            "set a 1\nincr a\nlpush l x y\nlrange l 0 -1\n", "redis-cli", "-p", redis.Port);
        Assert.Equal((0, "OK\n2\n2\ny\nx\n"), (exitCode, output));
    }

    [Fact]
    public async Task Redis_cli_that_asks_for_RESP3_is_told_that_there_is_none()
    {
        Tool.Need("redis-cli");
        (_, string output) = await Tool.RunAsync("redis-cli", "-p", redis.Port, "-3", "ping");
        Assert.Contains("NOPROTO unsupported protocol version", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_commands_are_inserted_by_pipe_without_an_error()
    {
        Tool.Need("redis-cli");
        const int count = 100_000;
        var commands = new StringBuilder();
        for (int i = 0; i < count; i++)
            commands.Append($"*3\r\n$3\r\nSET\r\n$10\r\nmass:{i:00000}\r\n$5\r\n{i:00000}\r\n");
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            commands.ToString(), "redis-cli", "-p", redis.Port, "--pipe");
        Assert.True(exitCode == 0, output);
        Assert.Contains($"errors: 0, replies: {count}", output, StringComparison.Ordinal);
        Assert.Equal("99999\n", await AskAsync("get", "mass:99999"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("16")]
    public async Task Redis_benchmark_runs_its_tests_without_an_error(string pipeline)
    {
        Tool.Need("redis-benchmark");
        (int exitCode, string output) = await Tool.RunAsync(
            "redis-benchmark", "-p", redis.Port, "-q", "-n", "20000", "-P", pipeline);
        Assert.True(exitCode == 0, output);
        TestContext.Current.SendDiagnosticMessage(output);
        string[] done =
        [
            .. Regex.Matches(output, "([A-Z][^\r\n]*?): [0-9.]+ requests per second")
                .Select(match => match.Groups[1].Value),
        ];
        Assert.Contains("PING_INLINE", done);
        Assert.Contains("ZPOPMIN", done);
        Assert.True(done.Length >= 19, string.Join(", ", done));
        Assert.DoesNotContain("rror", output, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(params string[] arguments)
    {
        (int exitCode, string output) = await Tool.RunAsync("redis-cli", ["-p", redis.Port, .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
