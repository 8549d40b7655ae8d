namespace Waymark.Tests.Http;

/// <summary>Limits are checked all at once.</summary>
public sealed class ServerLimitsTests
{
    [Fact]
    public void The_defaults_are_in_their_ranges()
    {
        Assert.Empty(Problems(new ServerLimits()));
    }

    [Fact]
    public void Every_limit_out_of_its_range_is_named_with_its_value()
    {
        var limits = new ServerLimits
        {
            RequestLineBytesMax = 63,
            HeaderBytesMax = (1 << 24) + 1,
            HeaderCountMax = 0,
            BodyBytesMax = -1,
            FormBytesMax = -1,
            FormKeysMax = 0,
            FormFilesMax = 0,
            HeadTimeout = TimeSpan.Zero,
            FirstByteTimeout = TimeSpan.FromDays(2),
            KeepAliveTimeout = TimeSpan.FromSeconds(-1),
            BodyTimeout = TimeSpan.Zero,
            SendTimeout = TimeSpan.Zero,
            RateGrace = TimeSpan.Zero,
            BodyBytesPerSecondMin = -1,
            ResponseBytesPerSecondMin = -1,
            QueryKeysMax = 0,
            CookiesMax = 0,
        };
        List<string> problems = Problems(limits);
        Assert.Equal(
            typeof(ServerLimits).GetProperties().Count(property => property.Name != "EqualityContract"),
            problems.Count);
        Assert.Contains("ServerLimits.RequestLineBytesMax is 63; it must be from 64 to 1048576.", problems);
        Assert.Contains("ServerLimits.HeadTimeout is 00:00:00; it must be more than 0 and at most 1 day.", problems);
    }

    private static List<string> Problems(ServerLimits limits)
    {
        var problems = new List<string>();
        limits.Validate(problems);
        return problems;
    }
}
