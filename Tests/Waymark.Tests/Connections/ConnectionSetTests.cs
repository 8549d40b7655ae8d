using Waymark.Connections;
using Waymark.Tests.Support;

namespace Waymark.Tests.Connections;

public sealed class ConnectionSetTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();
    private readonly ServerSettings _settings;
    private readonly ConnectionSet _set;

    public ConnectionSetTests()
    {
        _settings = new ServerSettings { Logger = _logger, Time = _time, ConnectionsMax = 3 };
        _set = new ConnectionSet(_settings);
    }

    [Fact]
    public void A_deadline_holds_up_to_its_instant_and_not_beyond_the_next_sweep()
    {
        (ServedConnection served, FakeConnection connection) = Add();
        served.Context.SetDeadline(Timestamps.FromTimeSpan(_time, TimeSpan.FromSeconds(10)));
        _time.Advance(TimeSpan.FromSeconds(10));
        _set.Sweep();
        Assert.False(served.Context.HasTimedOut);
        _time.Advance(ConnectionSet.SweepPeriod);
        _set.Sweep();
        Assert.True(served.Context.HasTimedOut);
        Assert.True(connection.IsReceivingStopped);
        Assert.False(connection.IsAborted);
    }

    [Fact]
    public void A_connection_without_a_deadline_is_left_alone()
    {
        (ServedConnection served, FakeConnection connection) = Add();
        served.Context.SetDeadline(0);
        served.Context.ClearDeadline();
        _time.Advance(TimeSpan.FromDays(100));
        _set.Sweep();
        Assert.False(served.Context.HasTimedOut || connection.IsReceivingStopped || connection.IsAborted);
    }

    [Fact]
    public void What_goes_on_after_its_deadline_is_reset_after_a_grace_and_once()
    {
        (ServedConnection served, FakeConnection connection) = Add();
        served.Context.SetDeadline(0);
        _time.Advance(ConnectionSet.SweepPeriod);
        _set.Sweep();
        _time.Advance(ConnectionSet.OverdueGrace);
        _set.Sweep();
        Assert.False(connection.IsAborted);
        _time.Advance(ConnectionSet.SweepPeriod);
        _set.Sweep();
        _set.Sweep();
        Assert.True(connection.IsAborted);
        Assert.Equal(1, _logger.CountOf(1002));
        Assert.Equal(1, _logger.CountOf(1003));
    }

    [Fact]
    public void A_handler_that_runs_after_a_deadline_was_passed_is_not_reset()
    {
        (ServedConnection served, FakeConnection connection) = Add();
        served.Context.SetDeadline(0);
        _time.Advance(ConnectionSet.SweepPeriod);
        _set.Sweep();
        served.Context.ClearDeadline();
        _time.Advance(TimeSpan.FromHours(1));
        _set.Sweep();
        Assert.False(connection.IsAborted);
    }

    [Fact]
    public void The_limit_counts_open_connections()
    {
        (ServedConnection first, _) = Add();
        Add();
        Add();
        Assert.False(_set.TryAdd(New(isRefused: false).Served));
        Assert.True(_set.TryAdd(New(isRefused: true).Served));
        Assert.False(_set.TryAdd(New(isRefused: false).Served));
        Assert.Equal(4, _set.Count);
        _set.Remove(first);
        Assert.True(_set.TryAdd(New(isRefused: false).Served));
    }

    [Fact]
    public void Refusals_have_a_limit_too_and_are_logged_together()
    {
        for (int i = 0; i < 1024; i++)
            Assert.True(_set.TryAdd(New(isRefused: true).Served));

        Assert.False(_set.TryAdd(New(isRefused: true).Served));
        _set.Sweep();
        _set.Sweep();
        (_, _, string message, _) = Assert.Single(_logger.Events);
        Assert.Equal("1025 connection(s) refused: the limit of 3 connections at once is reached.", message);
    }

    [Fact]
    public void Connections_come_and_go_in_any_order()
    {
        var settings = new ServerSettings { Logger = _logger, Time = _time };
        var set = new ConnectionSet(settings);
        const int Seed = 4711;
        var random = new Random(Seed);
        var open = new List<ServedConnection>();
        for (int i = 0; i < 5000; i++)
        {
            if (open.Count == 0 || random.Next(5) < 3)
            {
                ServedConnection served = New(isRefused: false).Served;
                Assert.True(set.TryAdd(served));
                open.Add(served);
            }
            else
            {
                int index = random.Next(open.Count);
                set.Remove(open[index]);
                open.RemoveAt(index);
            }

            Assert.Equal(open.Count, set.Count);
        }

        set.StopReceivingAll();
        Assert.All(open, served => Assert.True(((FakeConnection)served.Context.Connection).IsReceivingStopped));
        Assert.Equal(open.Count, set.AbortAll());
    }

    [Fact]
    public void A_stop_reaches_connections_that_are_open_and_those_that_come()
    {
        (ServedConnection first, _) = Add();
        _set.BeginStop();
        (ServedConnection second, _) = Add();
        Assert.True(first.Context.IsStopping && second.Context.IsStopping);
        _set.Remove(first);
        Assert.False(_set.Drained.IsCompleted);
        _set.Remove(second);
        Assert.True(_set.Drained.IsCompleted);
    }

    [Fact]
    public void After_the_idle_grace_idle_ones_are_closed_now_and_later()
    {
        (ServedConnection idle, FakeConnection idleConnection) = Add();
        (ServedConnection busy, FakeConnection busyConnection) = Add();
        idle.Context.IsIdle = true;
        _set.BeginStop();
        _set.Sweep();
        Assert.False(idleConnection.IsReceivingStopped);
        _set.EndIdleGrace();
        Assert.True(idleConnection.IsReceivingStopped);
        Assert.False(busyConnection.IsReceivingStopped);
        busy.Context.IsIdle = true;
        _set.Sweep();
        Assert.True(busyConnection.IsReceivingStopped);
    }

    private (ServedConnection Served, FakeConnection Connection) Add()
    {
        (ServedConnection Served, FakeConnection Connection) added = New(isRefused: false);
        Assert.True(_set.TryAdd(added.Served));
        return added;
    }

    private (ServedConnection Served, FakeConnection Connection) New(bool isRefused)
    {
        var connection = new FakeConnection();
        var context = new ConnectionContext(connection, 1, CancellationToken.None);
        return (
            new ServedConnection(context, LambdaHandler.Idle, _set, _settings) { IsRefused = isRefused }, connection);
    }
}
