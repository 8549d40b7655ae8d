using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Isolation;

namespace Waymark.Wire.Tests.Redis;

/// <summary>Samples/Redis in a process of its own, for all tests of a class.</summary>
public sealed class RunningRedis : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RunningServer _server = null!;

    internal string Port => _server.Addresses[0].Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts it.</summary>
    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        ["dotnet", IsolationCaseTests.Program("Redis") + ".dll", "tcp://127.0.0.1:0"]);

    /// <summary>Stops it; nothing that a test has sent may have failed in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (_server)
        {
            Assert.Equal(0, await _server.TerminateAsync());
            Assert.DoesNotContain("[Error]", _server.Errors, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>What a new client gets for all that it sends, up to the end of the connection.</summary>
    internal async Task<string> TalkAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _server.Addresses[0].Port).WaitAsync(Patience);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Patience);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }
}
