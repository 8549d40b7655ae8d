using System.Buffers;
using Microsoft.Extensions.Logging;
using Waymark.CompilerServices;
using Waymark.Tests.Support;

namespace Waymark.Tests.Commands;

/// <summary>What a handler of commands does around the generated part, which is written by hand here.</summary>
public sealed class CommandHandlerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_line_that_is_too_long_is_answered_and_the_client_stays()
    {
        await using Served served = await Served.StartAsync(new Verbs(), packetBytesMax: 64);
        Assert.Equal(
            "Malformed||A packet is larger than 64 bytes.\npong\n",
            await served.TalkAsync(new string('x', 1000) + "\nPING\n"));
    }

    [Theory]
    [InlineData(62, "Unknown||Unknown command 'xxx")]
    [InlineData(63, "Unknown||Unknown command 'xxx")]
    [InlineData(64, "Malformed||")]
    public async Task A_line_may_be_as_long_as_a_packet(int length, string answer)
    {
        await using Served served = await Served.StartAsync(new Verbs(), packetBytesMax: 64);
        Assert.StartsWith(answer, await served.TalkAsync(new string('x', length) + "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_protocol_cannot_go_on_after_passes_on()
    {
        await using Served served = await Served.StartAsync(new Verbs(), new Unreadable());
        Assert.Equal("", await served.TalkAsync("PING\n"));
        Assert.Equal(DisconnectReason.ProtocolError, await served.Handler.Left.Task.WaitAsync(Limit, Token));
    }

    [Fact]
    public async Task A_silent_client_is_let_go()
    {
        await using Served served = await Served.StartAsync(new Verbs { Idle = TimeSpan.FromMilliseconds(30) });
        using Peer peer = await served.ConnectAsync();
        Assert.Equal("", await peer.ReceiveToEndAsync());
        Assert.Equal(DisconnectReason.TimedOut, await served.Handler.Left.Task.WaitAsync(Limit, Token));
    }

    [Fact]
    public async Task An_exception_of_a_command_closes_behind_the_answers_before_it()
    {
        await using Served served = await Served.StartAsync(new Verbs());
        Assert.Equal("pong\n", await served.TalkAsync("PING\nFAIL\nPING\n"));
        Assert.Equal(DisconnectReason.HandlerFailed, await served.Handler.Left.Task.WaitAsync(Limit, Token));
        Assert.Single(served.Logger.Events, e => e is { Id: 1700, Cause: InvalidDataException });
    }

    [Fact]
    public async Task Answers_before_a_command_that_takes_its_time_are_not_kept_back()
    {
        await using Served served = await Served.StartAsync(new Verbs());
        using Peer peer = await served.ConnectAsync();
        await peer.SendAsync("PING\nWAIT\nPING\n");
        Assert.Equal("pong\n", await peer.ReceiveAsync());
        served.Handler.Waiting.SetResult("waited");
        Assert.Equal("waited\npong\n", await Streams.StreamHost.ReceiveAsync(peer, 12));
    }

    [Fact]
    public async Task A_command_whose_client_has_left_is_waited_for()
    {
        await using Served served = await Served.StartAsync(new Verbs());
        Peer peer = await served.ConnectAsync();
        await peer.SendAsync("WAIT\n");
        await served.Handler.HasWaited.Task.WaitAsync(Limit, Token);
        peer.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        peer.Dispose();
        served.Handler.Waiting.SetResult("nobody hears");
        Assert.Contains(
            await served.Handler.Left.Task.WaitAsync(Limit, Token),
            new[] { DisconnectReason.PeerLost, DisconnectReason.PeerClosed });
        Assert.DoesNotContain(served.Logger.Events, e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task An_empty_line_is_passed_over()
    {
        await using Served served = await Served.StartAsync(new Verbs());
        Assert.Equal("pong\npong\n", await served.TalkAsync("\n  \r\nPING\n\t\nPING\n"));
    }

    [Fact]
    public async Task A_handler_without_commands_knows_none()
    {
        await using Served served = await Served.StartAsync(new Verbs());
        string heard = await served.TalkAsync($"a\u001B[2J\n{new string('x', 65)} b\n");
        // A peer hears ASCII: the three octets of an ellipsis are three question marks.
        Assert.Equal(
            "Unknown||Unknown command 'a\\x1B[2J'.\n" +
            $"Unknown||Unknown command '{new string('x', 64)}???'.\n",
            heard);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class Verbs : CommandHandler<string>
    {
        public TimeSpan Idle { get; init; } = Timeout.InfiniteTimeSpan;

        public TaskCompletionSource<string> Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource HasWaited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<DisconnectReason> Left { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override TimeSpan IdleTimeout => Idle;

        protected override string Reject(CommandRejection rejection) =>
            $"{rejection.Kind}|{rejection.Command}|{rejection.Message}";

        protected internal override ValueTask OnDisconnectedAsync(
            StreamClient<CommandLine, string> client, DisconnectReason reason)
        {
            Left.TrySetResult(reason);
            return default;
        }

        protected override ValueTask DispatchAsync(
            CommandLine line, StreamClient<CommandLine, string> client, CancellationToken stop)
        {
            switch (line.ToString())
            {
                case "PING":
                    CommandAnswers.Write(client, "pong");
                    return default;
                case "WAIT":
                    HasWaited.TrySetResult();
                    return CommandAnswers.Answer(client, new ValueTask<string?>(Waiting.Task!));
                case "FAIL":
                    throw new InvalidDataException("broken on purpose");
                default:
                    return base.DispatchAsync(line, client, stop);
            }
        }
    }

    /// <summary>Reads nothing, and does not know where the next packet begins.</summary>
    private sealed class Unreadable : IStreamProtocol<CommandLine, string>
    {
        public bool TryRead(ref StreamInput input, out CommandLine packet) =>
            throw new StreamProtocolException("That is nothing.");

        public void Write(string packet, IBufferWriter<byte> output) => throw new NotSupportedException();
    }

    private sealed class Served(TcpServer server, Verbs handler, ListLogger logger) : IAsyncDisposable
    {
        public Verbs Handler => handler;

        public ListLogger Logger => logger;

        public static async Task<Served> StartAsync(
            Verbs handler, IStreamProtocol<CommandLine, string>? protocol = null, int packetBytesMax = 1024)
        {
            var logger = new ListLogger();
            TcpServer server = TcpServer.Create(
                protocol ?? new CommandLineProtocol(), handler,
                new TcpServerOptions
                {
                    Logger = logger,
                    PacketBytesMax = packetBytesMax,
                    IdleGrace = TimeSpan.FromMilliseconds(100),
                });
            await server.StartAsync("tcp://127.0.0.1:0");
            return new Served(server, handler, logger);
        }

        public Task<Peer> ConnectAsync() =>
            Peer.ConnectAsync(server.Endpoints[0].Replace("tcp://", "http://", StringComparison.Ordinal));

        public async Task<string> TalkAsync(string text)
        {
            using Peer peer = await ConnectAsync();
            await peer.SendAsync(text);
            peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            return await peer.ReceiveToEndAsync();
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
