using Waymark.Connections;
using Waymark.Tests.Support;

namespace Waymark.Tests.Connections;

/// <summary>Peers that take too little are cut, peers that are slow and steady are not: 240 B/s, 5 s, 30 s.</summary>
public sealed class SendProgressTests
{
    private static readonly SendFloor Floor = new(TimeSpan.FromSeconds(30), 240, TimeSpan.FromSeconds(5));

    /// <summary>Looks once a second at a peer that takes so much every so many seconds.</summary>
    [Theory]
    [InlineData(0, 1, 30)]
    [InlineData(10, 1, 6)]
    [InlineData(100, 1, 9)]
    [InlineData(239, 1, 1201)]
    [InlineData(241, 1, null)]
    [InlineData(10_000, 1, null)]
    [InlineData(65_483, 7, null)]
    [InlineData(65_483, 29, null)]
    [InlineData(65_483, 31, 30)]
    [InlineData(2_000, 20, 20)]
    public void A_peer_is_cut_at_this_second(int bytes, int everySeconds, int? cutAt)
    {
        var time = new ManualTimeProvider();
        SendProgress progress = default;
        long start = time.GetTimestamp();
        Assert.False(IsCut(0));
        int second = 1;
        for (; second < 2000; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (IsCut(second / everySeconds * bytes))
                break;
        }

        Assert.Equal(cutAt ?? 2000, second);

        bool IsCut(long taken) => progress.IsTooSlow(start, taken, time.GetTimestamp(), Floor, time);
    }

    [Fact]
    public void Where_the_transport_cannot_tell_the_whole_send_has_its_time()
    {
        var time = new ManualTimeProvider();
        SendProgress progress = default;
        Assert.False(progress.IsTooSlow(0, -1, time.GetTimestamp(), Floor, time));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(progress.IsTooSlow(0, -1, time.GetTimestamp(), Floor, time));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(progress.IsTooSlow(0, -1, time.GetTimestamp(), Floor, time));

        // The next send starts anew.
        long next = time.GetTimestamp();
        Assert.False(progress.IsTooSlow(next, -1, next, Floor, time));
    }

    [Fact]
    public void Without_a_rate_only_standing_still_is_too_slow()
    {
        SendFloor any = Floor with { BytesPerSecondMin = 0 };
        var time = new ManualTimeProvider();
        SendProgress progress = default;
        for (int second = 0; second < 1000; second++)
        {
            Assert.False(progress.IsTooSlow(0, second, time.GetTimestamp(), any, time));
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
