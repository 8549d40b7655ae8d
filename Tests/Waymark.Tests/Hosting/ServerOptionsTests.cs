using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

public sealed class ServerOptionsTests
{
    [Fact]
    public void All_problems_are_listed_at_once()
    {
        var options = new ServerOptions
        {
            Limits = null!,
            DotSegments = (DotSegments)2,
            DrainTimeout = TimeSpan.FromTicks(-1),
            IdleGrace = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1),
            MaxConnections = 0,
            MaxRequestsPerConnection = 0,
            FaultPolicy = (FaultPolicy)2,
            MaxConcurrentRequests = 0,
            MaxQueuedRequests = 1_000_001,
            QueueTimeout = TimeSpan.Zero,
            Backlog = 65_536,
            TimeProvider = null!,
        };
        var e = Assert.Throws<OptionsException>(() => new HttpServer(new FixedTable(), options));
        Assert.Equal(
            [
                "ServerOptions.Limits is null; leave it out for the defaults.",
                "ServerOptions.DrainTimeout is -00:00:00.0000001; it must be from 00:00:00 to 1.00:00:00.",
                "ServerOptions.IdleGrace is 1.00:00:00.0000001; it must be from 00:00:00 to 1.00:00:00.",
                "ServerOptions.MaxConnections is 0; it must be at least 1, or null for no limit.",
                "ServerOptions.Backlog is 65536; it must be from 1 to 65535.",
                "ServerOptions.TimeProvider is null; leave it out for the system's.",
                "ServerOptions.DotSegments is 2; it must be Reject or Remove.",
                "ServerOptions.MaxRequestsPerConnection is 0; it must be at least 1, or null for no limit.",
                "ServerOptions.FaultPolicy is 2; it must be Respond500 or CloseSilently.",
                "ServerOptions.MaxConcurrentRequests is 0; it must be at least 1, or null for no limit.",
                "ServerOptions.MaxQueuedRequests is 1000001; it must be from 0 to 1000000.",
                "ServerOptions.QueueTimeout is 00:00:00; it must be more than 0 and at most 1.00:00:00.",
            ],
            e.Problems);
        Assert.IsAssignableFrom<ArgumentException>(e);
    }

    [Fact]
    public void A_queue_without_a_limit_of_requests_is_refused()
    {
        var problems = new List<string>();
        new ServerOptions { MaxQueuedRequests = 1 }.Validate(problems);
        Assert.Equal(
            "ServerOptions.MaxQueuedRequests is set, but MaxConcurrentRequests is not: nothing waits.",
            Assert.Single(problems));
    }

    [Fact]
    public void The_edges_of_each_range_are_allowed()
    {
        Check(new ServerOptions());
        Check(new ServerOptions
        {
            DrainTimeout = TimeSpan.Zero, IdleGrace = TimeSpan.Zero, MaxConnections = 1, Backlog = 1,
            MaxRequestsPerConnection = 1, MaxConcurrentRequests = 1, QueueTimeout = TimeSpan.FromTicks(1),
        });
        Check(new ServerOptions
        {
            DrainTimeout = TimeSpan.FromDays(1),
            IdleGrace = TimeSpan.FromDays(1),
            MaxConnections = int.MaxValue,
            MaxRequestsPerConnection = long.MaxValue,
            MaxConcurrentRequests = int.MaxValue,
            MaxQueuedRequests = 1_000_000,
            QueueTimeout = TimeSpan.FromDays(1),
            Backlog = 65_535,
        });

        static void Check(ServerOptions options)
        {
            var problems = new List<string>();
            options.Validate(problems);
            Assert.Empty(problems);
        }
    }

    [Fact]
    public void A_server_without_a_table_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => new HttpServer(null!));
}
