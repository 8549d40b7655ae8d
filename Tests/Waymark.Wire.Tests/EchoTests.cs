using Waymark.TestSupport;
using Waymark.Wire.Tests.Isolation;

namespace Waymark.Wire.Tests;

/// <summary>Samples/Echo in a process of its own.</summary>
public sealed class EchoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What "dotnet" runs.</summary>
    internal static string Program => IsolationCaseTests.Program("Echo") + ".dll";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_servers_echo_and_end_with_one_signal()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            ["dotnet", Program, "tcp://127.0.0.1:0", "tcp://127.0.0.1:0"]);
        Assert.Equal(2, server.Addresses.Length);
        await using (var lines = await ConnectAsync(server.Addresses[0]))
        {
            Assert.Equal("hello", await AskAsync(lines, "hello"));
            Assert.Equal("quit", await AskAsync(lines, "quit"));
            await Assert.ThrowsAsync<ClientDisconnectedException>(async () => await lines.ReceiveAsync(Limit, Stop));
        }

        await using (var json = await ConnectAsync(server.Addresses[1]))
        {
            Assert.Equal("""{"text":"hello","number":1}""", await AskAsync(json, """{"text":"hello"}"""));
            string refusal = await AskAsync(json, "{}");
            Assert.StartsWith("{\"error\":\"The line is no valid value", refusal, StringComparison.Ordinal);
            Assert.Equal("""{"text":"again","number":2}""", await AskAsync(json, """{"text":"again"}"""));
        }

        Assert.Equal(0, await server.TerminateAsync());
    }

    private static Task<StreamClient<string, string>> ConnectAsync(Uri address) =>
        StreamClient.ConnectAsync(address.ToString(), new LineProtocol(), cancellation: Stop);

    private static async Task<string> AskAsync(StreamClient<string, string> client, string line)
    {
        await client.SendAsync(line, Stop);
        return await client.ReceiveAsync(Limit, Stop);
    }
}
