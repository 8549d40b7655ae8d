using Waymark.Connections;
using Waymark.Tests.Support;

namespace Waymark.Tests.Connections;

/// <summary>The timer wheel: what is due is passed, nothing else is looked at, nothing is missed.</summary>
public sealed class DeadlinesTests
{
    private static readonly TimeSpan Slot = Deadlines.SlotTime;

    private readonly ManualTimeProvider _time = new();
    private readonly Deadlines _wheel;
    private readonly List<ConnectionContext> _passed = [];
    private long _again = ConnectionContext.NoDeadline;

    public DeadlinesTests() => _wheel = new Deadlines(_time, (connection, _) =>
    {
        _passed.Add(connection);
        return _again;
    });

    [Theory]
    [InlineData(0.05)]
    [InlineData(10)]
    [InlineData(102.3)]
    [InlineData(102.4)]
    [InlineData(3_600)]
    [InlineData(86_400)]
    public void A_deadline_is_kept_within_one_slot_however_far_away(double seconds)
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(seconds));
        Pass(TimeSpan.FromSeconds(seconds));
        Assert.Empty(_passed);
        Pass(Slot);
        Assert.Same(connection, Assert.Single(_passed));
        Pass(TimeSpan.FromDays(1));
        Assert.Single(_passed);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void A_deadline_that_moves_on_is_kept_at_its_new_place(int seconds)
    {
        ConnectionContext connection = New();
        for (int move = 0; move < 5; move++)
        {
            connection.SetDeadline(After(seconds));
            Pass(TimeSpan.FromSeconds(seconds));
        }

        Assert.Empty(_passed);
        Pass(Slot);
        Assert.Single(_passed);
    }

    [Fact]
    public void A_deadline_that_moves_nearer_is_kept_there()
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(75));
        connection.SetDeadline(After(1));
        Pass(TimeSpan.FromSeconds(1) + Slot);
        Assert.Single(_passed);
    }

    [Fact]
    public void A_deadline_that_was_cleared_passes_never_and_can_be_set_again()
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(1));
        connection.ClearDeadline();
        Pass(TimeSpan.FromDays(2));
        Assert.Empty(_passed);
        connection.SetDeadline(After(1));
        Pass(TimeSpan.FromSeconds(1) + Slot);
        Assert.Single(_passed);
    }

    [Fact]
    public void A_connection_that_was_removed_is_looked_at_no_more()
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(1));
        _wheel.Remove(connection);
        connection.SetDeadline(After(0));
        Pass(TimeSpan.FromDays(1));
        Assert.Empty(_passed);
        Assert.Equal(0, _wheel.LookCount);
    }

    [Fact]
    public void A_deadline_that_was_set_before_the_wheel_came_counts()
    {
        var connection = new ConnectionContext(new FakeConnection(), 1, CancellationToken.None);
        connection.SetDeadline(After(1));
        connection.KeepOn(_wheel);
        Pass(TimeSpan.FromSeconds(1) + Slot);
        Assert.Single(_passed);
    }

    [Fact]
    public void What_asks_to_be_looked_at_again_is()
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(1));
        _again = After(3);
        Pass(TimeSpan.FromSeconds(1) + Slot);
        _again = ConnectionContext.NoDeadline;
        Pass(TimeSpan.FromSeconds(1.8));
        Assert.Single(_passed);
        Pass(Slot + Slot);
        Assert.Equal(2, _passed.Count);
    }

    [Fact]
    public void Ten_thousand_idle_connections_are_not_looked_at()
    {
        for (int i = 0; i < 10_000; i++)
            New().SetDeadline(After(75));
        for (int sweep = 0; sweep < 590; sweep++)
            Pass(Slot);
        Assert.Equal(0, _wheel.LookCount);
    }

    [Fact]
    public void A_busy_connection_is_looked_at_once_in_its_idle_time()
    {
        ConnectionContext connection = New();
        for (int request = 0; request < 30_000; request++)
        {
            connection.SetDeadline(After(75));
            if (request % 10 == 0)
                Pass(Slot);
            connection.ClearDeadline();
        }

        Assert.InRange(_wheel.LookCount, 1, 6);
        Assert.Empty(_passed);
    }

    [Fact]
    public void Setting_a_deadline_again_and_again_allocates_nothing()
    {
        ConnectionContext connection = New();
        connection.SetDeadline(After(75));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            connection.SetDeadline(75_000_000 + i);
            connection.ClearDeadline();
            connection.SetDeadline(i, DeadlineKind.Send);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_mix_of_deadlines_is_kept_as_a_plain_list_would()
    {
        const int Seed = 20_261;
        var random = new Random(Seed);
        var connections = Enumerable.Range(0, 50).Select(_ => New()).ToArray();
        var expected = new Dictionary<ConnectionContext, long>();
        for (int step = 0; step < 20_000; step++)
        {
            ConnectionContext connection = connections[random.Next(connections.Length)];
            switch (random.Next(4))
            {
                case 0:
                    connection.ClearDeadline();
                    expected.Remove(connection);
                    break;
                case 1:
                    Pass(TimeSpan.FromMilliseconds(random.Next(400)));
                    long now = _time.GetTimestamp();
                    foreach (ConnectionContext passed in _passed)
                    {
                        Assert.True(expected.Remove(passed, out long due) && due < now, $"seed {Seed}, step {step}");
                        passed.ClearDeadline();
                    }

                    _passed.Clear();
                    Assert.All(expected, pair => Assert.True(
                        pair.Value >= now - Slot.Ticks, $"seed {Seed}, step {step}: missed"));
                    break;
                default:
                    long deadline = After(Math.Pow(10, (random.NextDouble() * 4) - 2)) & ~3;
                    connection.SetDeadline(deadline);
                    expected[connection] = deadline;
                    break;
            }
        }
    }

    [Fact]
    public async Task No_deadline_is_lost_between_the_thread_that_sets_it_and_the_sweep()
    {
        // The sweep takes a connection without a deadline off the wheel while another thread sets one: either the sweep
        // sees it, or the thread sees that it has to come back. Where neither does, it never passes.
        const int Rounds = 2_000;
        int passedCount = 0;
        var wheel = new Deadlines(_time, (connection, _) =>
        {
            connection.ClearDeadline();
            Interlocked.Increment(ref passedCount);
            return ConnectionContext.NoDeadline;
        });
        var connection = new ConnectionContext(new FakeConnection(), 1, CancellationToken.None);
        connection.KeepOn(wheel);
        bool isDone = false;
        Task sweeping = Task.Run(
            () =>
            {
                while (!Volatile.Read(ref isDone))
                {
                    _time.Advance(Slot);
                    wheel.Sweep();
                    Thread.Yield();
                }
            },
            TestContext.Current.CancellationToken);
        for (int round = 1; round <= Rounds; round++)
        {
            connection.SetDeadline(_time.GetTimestamp() + (3 * Slot.Ticks));
            connection.ClearDeadline();
            int before = Volatile.Read(ref passedCount);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            Thread.SpinWait(round % 64);
            connection.SetDeadline(_time.GetTimestamp() + Slot.Ticks);
            while (Volatile.Read(ref passedCount) == before)
            {
                Assert.False(patience.IsCancellationRequested, $"round {round}: the deadline was lost");
                Thread.Yield();
            }
        }

        Volatile.Write(ref isDone, true);
        await sweeping;
    }

    private ConnectionContext New()
    {
        var connection = new ConnectionContext(new FakeConnection(), 1, CancellationToken.None);
        connection.KeepOn(_wheel);
        return connection;
    }

    private long After(double seconds) => _time.GetTimestamp() + (long)(seconds * TimeSpan.TicksPerSecond);

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _wheel.Sweep();
    }
}
