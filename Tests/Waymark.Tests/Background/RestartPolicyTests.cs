namespace Waymark.Tests.Background;

public sealed class RestartPolicyTests
{
    [Fact]
    public void The_wait_doubles_up_to_its_largest()
    {
        var policy = new RestartPolicy();
        Assert.Equal(
            [1, 2, 4, 8, 16, 30, 30],
            Enumerable.Range(1, 7).Select(restart => policy.DelayBefore(restart).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(30), policy.DelayBefore(1_000_000));
    }

    [Fact]
    public void All_problems_are_listed()
    {
        var options = new TickerOptions
        {
            Restart = new RestartPolicy { Delay = TimeSpan.FromTicks(-1), RestartsMax = -1 },
            StartTimeout = TimeSpan.Zero,
        };
        var wrong = Assert.Throws<OptionsException>(options.Validate);
        Assert.Equal(3, wrong.Problems.Count);
        new TickerOptions().Validate();
    }
}
