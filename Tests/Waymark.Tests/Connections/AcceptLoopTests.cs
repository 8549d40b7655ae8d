using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Tests.Support;

namespace Waymark.Tests.Connections;

public sealed class AcceptLoopTests : IAsyncDisposable
{
    private readonly FakeListener _listener = new();
    private readonly ListLogger _logger = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LambdaHandler _handler = LambdaHandler.Idle;
    private readonly Server _server;

    public AcceptLoopTests()
    {
        var settings = new ServerSettings { Logger = _logger, Time = _time, IdleGrace = TimeSpan.Zero };
        _server = new Server([new ServedListener(_listener, _handler)], settings);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    [Theory]
    [InlineData(SocketError.ConnectionAborted, "Retry")]
    [InlineData(SocketError.ConnectionReset, "Retry")]
    [InlineData(SocketError.NetworkUnreachable, "Retry")]
    [InlineData(SocketError.NetworkDown, "Retry")]
    [InlineData(SocketError.HostDown, "Retry")]
    [InlineData(SocketError.HostUnreachable, "Retry")]
    [InlineData(SocketError.ProtocolOption, "Retry")]
    [InlineData(SocketError.OperationNotSupported, "Retry")]
    [InlineData(SocketError.AccessDenied, "Retry")]
    [InlineData(SocketError.Interrupted, "Retry")]
    [InlineData(SocketError.WouldBlock, "Retry")]
    [InlineData(SocketError.TimedOut, "Retry")]
    [InlineData(SocketError.ProtocolNotSupported, "Pause")]
    [InlineData(SocketError.Fault, "Stop")]
    [InlineData(SocketError.OperationAborted, "Stop")]
    [InlineData(SocketError.TooManyOpenSockets, "Pause")]
    [InlineData(SocketError.NoBufferSpaceAvailable, "Pause")]
    [InlineData(SocketError.SocketError, "Pause")]
    [InlineData(SocketError.NotSocket, "Stop")]
    [InlineData(SocketError.InvalidArgument, "Stop")]
    public void Accept_errors_are_sorted(SocketError error, string action) =>
        Assert.Equal(action, AcceptErrors.Classify(error).ToString());

    [Fact]
    public async Task An_error_about_one_connection_is_passed_over()
    {
        _server.Start();
        _listener.Offer(new SocketException((int)SocketError.ConnectionAborted));
        _listener.Offer(new FakeConnection());
        await _handler.StartedAsync();
        Assert.Equal(1, _logger.CountOf(1020));
        await _server.StopAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task E31_Out_of_descriptors_pauses_once_in_the_log_and_goes_on_afterwards()
    {
        _server.Start();
        _listener.Offer(new SocketException((int)SocketError.TooManyOpenSockets));
        _listener.Offer(new SocketException((int)SocketError.TooManyOpenSockets));
        _listener.Offer(new FakeConnection());
        Task<ConnectionContext> started = _handler.StartedAsync();
        await _logger.UntilAsync(1021);
        Assert.False(started.IsCompleted);
        while (!started.IsCompleted) // StartedAsync has a limit of its own.
        {
            _time.Advance(AcceptLoop.PauseTime);
            await Task.Yield();
        }

        await started;
        Assert.Equal(1, _logger.CountOf(1021));
        Assert.Equal(1, _logger.CountOf(1022));
        await _server.StopAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Retries_without_end_become_a_pause()
    {
        _server.Start();
        for (int i = 0; i < 17; i++)
            _listener.Offer(new SocketException((int)SocketError.ConnectionAborted));

        await _logger.UntilAsync(1021);
        Assert.Equal(16, _logger.CountOf(1020));
        Assert.Equal(1, _logger.CountOf(1021));
        await _server.StopAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_stop_ends_a_pause()
    {
        _server.Start();
        _listener.Offer(new SocketException((int)SocketError.TooManyOpenSockets));
        await _logger.UntilAsync(1021);
        _listener.Offer(new FakeConnection());
        Assert.Equal(0, await _server.StopAsync(TimeSpan.Zero));
        Assert.True(_listener.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_broken_listener_ends_the_loop_and_tells_the_server()
    {
        _server.Start();
        _listener.Offer(new SocketException((int)SocketError.NotSocket));
        await _server.Failed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(LogLevel.Critical, _logger.Events.Single(e => e.Id == 1023).Level);
        Assert.Equal(0, await _server.StopAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_stop_takes_what_stands_in_the_queue_before_it_closes_the_listener()
    {
        _server.Start();
        var queued = new FakeConnection[100];
        for (int i = 0; i < queued.Length; i++)
            _listener.Offer(queued[i] = new FakeConnection());

        Task<int> stop = _server.StopAsync(TimeSpan.Zero);
        foreach (FakeConnection connection in queued)
            await connection.Disposed;

        for (int i = 0; i < queued.Length; i++)
            await _handler.StartedAsync();

        Assert.True(await stop >= 0);
    }
}
