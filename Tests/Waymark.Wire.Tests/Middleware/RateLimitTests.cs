using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>H32: how many requests a client gets through, what the others are told, and what is kept of them.</summary>
/// <remarks>The limiters run on the system's clock: what has to come back is waited for, never assumed.</remarks>
public sealed class RateLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task H32_A_burst_of_twenty_passes_and_then_429_says_when_to_come_back()
    {
        // One in a thousand seconds: none comes back while the test runs.
        Handler handler = Around.Handle(Around.SayUser, Bucket(20, 0.001));
        for (int count = 0; count < 20; count++)
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, "192.0.2.1"), StringComparison.Ordinal);
        string refused = await AskAsync(handler, "192.0.2.1");
        Assert.StartsWith(
            "HTTP/1.1 429 Too Many Requests\r\nDate: *\r\nRetry-After: 1000\r\nRateLimit-Policy: \"default\";q=20;w=20000\r\n"
            + "RateLimit: \"default\";r=0;t=1000\r\nContent-Type: application/problem+json\r\n",
            refused,
            StringComparison.Ordinal);
        Assert.Contains("urn:waymark:problem:too-many-requests", refused, StringComparison.Ordinal);
        Assert.Contains("Try again in 1000 seconds.", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("RateLimit", await AskAsync(handler, "192.0.2.2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task H32_Tokens_come_back_at_their_rate_and_no_sooner()
    {
        Handler handler = Around.Handle(Around.SayUser, Bucket(1, 5));
        long start = Stopwatch.GetTimestamp();
        int passed = 0;
        while (passed < 4 && Stopwatch.GetElapsedTime(start) < Patience)
        {
            if ((await AskAsync(handler, "192.0.2.1")).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                passed++;
            else
                await Task.Yield();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(4, passed);
        Assert.True(elapsed >= TimeSpan.FromSeconds(0.599), $"{elapsed}: three tokens take 0.6 s");
    }

    [Fact]
    public async Task H32_A_hundred_threads_get_no_more_than_burst_and_rate_give()
    {
        const int Burst = 20;
        const double Rate = 200;
        Handler handler = Around.Handle(Around.SayUser, Bucket(Burst, Rate));

        // First a pause in which the bucket is full: what it saves up must not count.
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, "192.0.2.1"), StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);

        var answers = new Task<string>[100 * 50];
        long start = Stopwatch.GetTimestamp();
        var threads = new Thread[100];
        for (int index = 0; index < threads.Length; index++)
        {
            int first = index * 50;
            threads[index] = new Thread(() =>
            {
                for (int count = 0; count < 50; count++)
                    answers[first + count] = AskAsync(handler, "192.0.2.1");
            });
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        int passed = (await Task.WhenAll(answers))
            .Count(answer => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Assert.InRange(passed, Burst, (int)Math.Floor(Burst + (Rate * elapsed)));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public async Task H32_Clients_do_not_take_each_others_permits(string first, string second, bool isOne)
    {
        Handler handler = Around.Handle(Around.SayUser, Bucket(1, 0.001));
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(handler, first), StringComparison.Ordinal);
        Assert.StartsWith(
            isOne ? "HTTP/1.1 429 " : "HTTP/1.1 200 ", await AskAsync(handler, second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_can_be_of_a_user_a_field_a_key_or_everyone()
    {
        IMiddleware users = Authentication.Optional(BearerAuthentication.From(new BearerAuthenticationOptions
        {
            Validate = static (_, token) => ValueTask.FromResult<Principal?>(new Principal(token)),
        }));
        (RateLimitPartition Partition, string First, string Second)[] rows =
        [
            (RateLimitPartition.ByUser, "Authorization: Bearer a", "Authorization: Bearer b"),
            (RateLimitPartition.ByHeader("X-Key"), "X-Key: a", "x-key: b"),
            (RateLimitPartition.By(exchange => exchange.Request.Headers["X-Key"]), "X-Key: a", "X-Key: b"),
        ];
        foreach ((RateLimitPartition partition, string first, string second) in rows)
        {
            Handler handler = Around.Handle(Around.SayUser, users, Bucket(1, 0.001, partition));
            var statuses = new List<int>();
            foreach (string fields in (string[])[first, second, first, "", ""])
                statuses.Add(await Status(handler, fields));
            Assert.Equal([200, 200, 429, 200, 429], statuses);
        }

        Handler shared = Around.Handle(Around.SayUser, Bucket(1, 0.001, RateLimitPartition.Everyone));
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(shared, "192.0.2.1"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(shared, "192.0.2.2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_clients_are_kept_than_the_limit_and_those_beyond_share_one()
    {
        RateLimit limit = RateLimit.From(new RateLimitOptions
        {
            Policy = RateLimitPolicy.TokenBucket(1, 0.001),
            PartitionsMax = 10,
        });
        Handler handler = Around.Handle(Around.SayUser, limit);
        for (int client = 0; client < 10; client++)
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, $"192.0.2.{client}"), StringComparison.Ordinal);
        Assert.Equal(10, limit.PartitionCount);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, "192.0.2.10"), StringComparison.Ordinal);
        for (int client = 11; client < 100; client++)
            Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(handler, $"192.0.2.{client}"), StringComparison.Ordinal);
        Assert.Equal(10, limit.PartitionCount);
        Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(handler, "192.0.2.0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_have_all_their_permits_back_are_forgotten_where_room_is_needed()
    {
        var time = new ManualTimeProvider();
        RateLimit limit = RateLimit.From(new RateLimitOptions
        {
            Policy = RateLimitPolicy.Concurrency(1),
            PartitionsMax = 10,
        });
        Handler handler = Around.Handle(Around.Context(time), Around.SayUser, limit);
        for (int client = 0; client < 100; client++)
        {
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(handler, $"192.0.2.{client}"), StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(limit.PartitionCount, 1, 10);
    }

    [Fact]
    public async Task As_many_requests_run_at_once_as_may_and_a_failure_gives_its_permit_back()
    {
        var gates = new Queue<TaskCompletionSource>();
        bool mustThrow = false;
        Handler handler = Around.Handle(
            async exchange =>
            {
                if (mustThrow)
                    throw new InvalidOperationException("planted");
                var gate = new TaskCompletionSource();
                gates.Enqueue(gate);
                await gate.Task;
            },
            RateLimit.From(new RateLimitOptions { Policy = RateLimitPolicy.Concurrency(2) }));
        Task<string> first = AskAsync(handler, "192.0.2.1");
        Task<string> second = AskAsync(handler, "192.0.2.1");
        string third = await AskAsync(handler, "192.0.2.1");
        Assert.StartsWith("HTTP/1.1 429 Too Many Requests\r\nDate: *\r\nRetry-After: 1\r\nRateLimit-Policy: \"default\";q=2\r\n", third, StringComparison.Ordinal);
        gates.Dequeue().SetResult();
        Assert.StartsWith("HTTP/1.1 200 ", await first, StringComparison.Ordinal);
        mustThrow = true;
        for (int count = 0; count < 3; count++)
            Assert.StartsWith("HTTP/1.1 500 ", await AskAsync(handler, "192.0.2.1"), StringComparison.Ordinal);
        gates.Dequeue().SetResult();
        Assert.StartsWith("HTTP/1.1 200 ", await second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_in_the_queue_have_their_turn_and_those_beyond_it_are_refused()
    {
        var gates = new Queue<TaskCompletionSource>();
        Handler handler = Around.Handle(
            async exchange =>
            {
                var gate = new TaskCompletionSource();
                gates.Enqueue(gate);
                await gate.Task;
            },
            RateLimit.From(new RateLimitOptions { Policy = RateLimitPolicy.Concurrency(1), QueueMax = 1 }));
        Task<string> first = AskAsync(handler, "192.0.2.1");
        Task<string> second = AskAsync(handler, "192.0.2.1");
        Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(handler, "192.0.2.1"), StringComparison.Ordinal);
        Assert.False(second.IsCompleted);
        gates.Dequeue().SetResult();
        Assert.StartsWith("HTTP/1.1 200 ", await first, StringComparison.Ordinal);
        while (gates.Count == 0)
            await Task.Yield();
        gates.Dequeue().SetResult();
        Assert.StartsWith("HTTP/1.1 200 ", await second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RateLimitKind.SlidingWindow)]
    [InlineData(RateLimitKind.FixedWindow)]
    [InlineData(RateLimitKind.TokenBucket)]
    public async Task A_route_has_a_limit_by_attribute_and_its_window_opens_again(RateLimitKind kind)
    {
        Handler handler = Around.Handle(
            Around.Context(TimeProvider.System), Around.SayUser, new RateLimitAttribute(3, 0.4) { Kind = kind });
        long start = Stopwatch.GetTimestamp();
        for (int count = 0; count < 3; count++)
            Assert.Equal(200, await Status(handler, ""));
        bool isRefused = await Status(handler, "") == 429;
        Assert.True(isRefused || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(0.1));
        while (await Status(handler, "") != 200)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task What_is_left_is_told_where_that_is_asked_for()
    {
        Handler handler = Around.Handle(Around.SayUser, RateLimit.From(new RateLimitOptions
        {
            Policy = RateLimitPolicy.FixedWindow(5, TimeSpan.FromHours(1)),
            TellsRemaining = true,
            Name = "hourly",
        }));
        Assert.Contains(
            "\r\nRateLimit-Policy: \"hourly\";q=5;w=3600\r\nRateLimit: \"hourly\";r=4\r\n",
            await AskAsync(handler, "192.0.2.1"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_passes_allocates_nothing()
    {
        Handler handler = Around.Handle(static _ => ValueTask.CompletedTask, Bucket(1_000_000, 1_000_000));
        Assert.Equal(0, Around.Allocated(handler, Around.Request("")));
    }

    [Fact]
    public void Options_are_checked()
    {
        var e = Assert.Throws<OptionsException>(() => RateLimit.From(new RateLimitOptions
        {
            Policy = null!,
            QueueMax = 10_001,
            PartitionsMax = 0,
            IdleAfter = TimeSpan.Zero,
            Name = "a b",
        }));
        Assert.Equal(5, e.Problems.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.TokenBucket(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.TokenBucket(1, double.NaN));
        var second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.SlidingWindow(1, second / 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.SlidingWindow(1, second, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.FixedWindow(1_000_001, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitPolicy.Concurrency(0));
        Assert.Throws<OptionsException>(() => new RateLimitAttribute(0, 1).Wrap(Around.SayUser, Around.Context()));
        Assert.Throws<OptionsException>(() => new RateLimitAttribute(1, 0).Wrap(Around.SayUser, Around.Context()));
    }

    private static RateLimit Bucket(int burst, double perSecond, RateLimitPartition? partition = null) =>
        RateLimit.From(new RateLimitOptions
        {
            Policy = RateLimitPolicy.TokenBucket(burst, perSecond),
            Partition = partition ?? RateLimitPartition.ByAddress,
        });

    private static async Task<int> Status(Handler handler, string fields) => int.Parse(
        (await Around.AskAsync(handler, fields)).AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(Handler handler, string peer)
    {
        var connection = new ScriptedConnection([Engine.Bytes(Around.Request(""))])
        {
            PeerEndPoint = new IPEndPoint(IPAddress.Parse(peer), 7),
        };
        await Engine.Serve(connection, null, handler, NullLogger.Instance);
        return Engine.HideDates(System.Text.Encoding.Latin1.GetString(connection.Sent));
    }
}
