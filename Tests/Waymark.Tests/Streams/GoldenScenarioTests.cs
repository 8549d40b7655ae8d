using System.Text.Json.Serialization;
using Waymark.Tests.Support;

namespace Waymark.Tests.Streams;

/// <summary>Whole sessions: E43 to E45.</summary>
public sealed partial class GoldenScenarioTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task E43_A_server_in_the_background_answers_three_clients_in_order()
    {
        var said = new List<string>();
        await using (TcpServer server = await TcpServer.Create(
            new LineProtocol(),
            new LambdaLines(async (client, stop) =>
            {
                string line = await client.ReceiveAsync(stop);
                await client.SendAsync(line.ToUpperInvariant(), stop);
            }),
            new TcpServerOptions { Logger = new ListLogger() }).StartAsync("tcp://localhost:0"))
        {
            said.Add("Server loop running");
            foreach (string line in new[] { "Hello World 1", "Hello World 2", "Hello World 3" })
            {
                await using StreamClient<string, string> client = await StreamClient.ConnectAsync(
                    server.Endpoints[0], new LineProtocol(), cancellation: TestContext.Current.CancellationToken);
                await client.SendAsync(line, TestContext.Current.CancellationToken);
                said.Add(await client.ReceiveAsync(Limit, TestContext.Current.CancellationToken));
            }
        }

        Assert.Equal(["Server loop running", "HELLO WORLD 1", "HELLO WORLD 2", "HELLO WORLD 3"], said);
    }

    [Fact]
    public async Task E44_A_session_of_FTP()
    {
        await using TcpServer server = await StartFtpAsync();
        using Peer peer = await ConnectAsync(server);
        Assert.Equal("220 Service ready for new user.\r\n", await peer.ReceiveAsync());
        foreach ((string command, string reply) in new[]
        {
            ("NOOP", "200 Command okay."),
            ("nOoP", "200 Command okay."),
            ("STOR /path/to/file.txt", "502 Command not implemented."),
            ("UNKNOWN command", "500 Syntax error, command unrecognized."),
            ("QUIT", "221 Service closing control connection."),
        })
        {
            await peer.SendAsync(command + "\r\n");
            Assert.Equal(reply + "\r\n", await peer.ReceiveAsync());
        }

        Assert.Equal("", await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task E44_An_unexpected_stop_is_told_by_421()
    {
        await using TcpServer server = await StartFtpAsync();
        using Peer peer = await ConnectAsync(server);
        Assert.StartsWith("220 ", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Task stop = server.StopAsync();
        Assert.Equal("421 Service not available, closing control connection.\r\n", await peer.ReceiveToEndAsync());
        peer.Dispose();
        await stop;
    }

    [Fact]
    public async Task E45_Invalid_JSON_is_told_and_the_connection_stays()
    {
        await using TcpServer server = await TcpServer.Create(
            new JsonLinesProtocol<Message, object>(EchoJson.Default.Message, EchoJson.Default.Object),
            new JsonEcho(), Quick()).StartAsync("tcp://127.0.0.1:0");
        using Peer peer = await ConnectAsync(server);
        foreach ((string sent, string heard) in new[]
        {
            ("{\"text\":\"hello\"}", "{\"text\":\"hello\"}"),
            ("{\"text\":", "{\"error\":\"Invalid JSON\",\"code\":\"parse_error\"}"),
            ("{\"text\":\"again\"}", "{\"text\":\"again\"}"),
        })
        {
            await peer.SendAsync(sent + "\n");
            Assert.Equal(heard + "\n", await peer.ReceiveAsync());
        }
    }

    private static Task<TcpServer> StartFtpAsync() => TcpServer.Create(
        new LineProtocol(LineEnding.CarriageReturnLineFeed),
        new LambdaLines(async (client, stop) =>
        {
            string line = await client.ReceiveAsync(stop);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "NOOP":
                    await client.SendAsync("200 Command okay.", stop);
                    break;
                case "STOR":
                    await client.SendAsync("502 Command not implemented.", stop);
                    break;
                case "QUIT":
                    await client.SendAsync("221 Service closing control connection.", stop);
                    await client.CloseAsync();
                    break;
                default:
                    await client.SendAsync("500 Syntax error, command unrecognized.", stop);
                    break;
            }
        })
        {
            OnConnected = async (client, stop) => await client.SendAsync("220 Service ready for new user.", stop),
            OnDisconnected = async (client, reason) =>
            {
                if (reason == DisconnectReason.Stopping)
                    await client.SendAsync("421 Service not available, closing control connection.");
            },
        },
        Quick()).StartAsync("tcp://127.0.0.1:0");

    private static TcpServerOptions Quick() =>
        new() { Logger = new ListLogger(), IdleGrace = TimeSpan.FromMilliseconds(50) };

    private static Task<Peer> ConnectAsync(TcpServer server) =>
        Peer.ConnectAsync(server.Endpoints[0].Replace("tcp://", "http://", StringComparison.Ordinal));

    internal sealed record Message([property: JsonPropertyName("text")] string Text);

    internal sealed record Refusal(
        [property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("code")] string Code);

    [JsonSerializable(typeof(Message))]
    [JsonSerializable(typeof(Refusal))]
    [JsonSerializable(typeof(object))]
    private sealed partial class EchoJson : JsonSerializerContext;

    private sealed class JsonEcho : StreamHandler<Message, object>
    {
        protected internal override async ValueTask HandleAsync(
            StreamClient<Message, object> client, CancellationToken stop)
        {
            try
            {
                await client.SendAsync(await client.ReceiveAsync(stop), stop);
            }
            catch (StreamProtocolException)
            {
                await client.SendAsync(new Refusal("Invalid JSON", "parse_error"), stop);
            }
        }
    }
}
