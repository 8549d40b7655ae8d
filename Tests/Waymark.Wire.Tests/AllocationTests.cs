using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Routing;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A keep-alive request on a synchronous route allocates nothing.</summary>
public sealed class AllocationTests
{
    private const int RequestCount = 10_000;

    private static readonly Handler Generated = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /int/42 HTTP/1.1\r\nHost: x\r\nUser-Agent: test\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n")]
    [InlineData("GET /int/%34%32 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /query?n=8 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("HEAD /json HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\n\r\n")]
    public void A_request_allocates_nothing(string request)
    {
        // Whole connections of 1 and of 10,001 requests: what they differ by is what 10,000 requests allocate.
        Assert.Equal(0, MeasureRequests(request));
    }

    [Theory]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a/../int/./42 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /caf\u00c3\u00a9?\u00c3\u00a9 HTTP/1.1\r\nHost: x\r\n\r\n")]
    public void A_request_that_lenient_rules_accept_allocates_nothing(string request)
    {
        const TargetRules Rules = TargetRules.RemoveDotSegments | TargetRules.RawOctets;
        Assert.Equal(0, MeasureRequests(request, Rules));
    }

    /// <summary>The least of three: a collection in between empties the shared pools, which are then filled
    /// anew.</summary>
    internal static long MeasureRequests(
        string request, TargetRules rules = TargetRules.Strict, Handler? handler = null)
    {
        MeasureConnection(request, RequestCount, rules, handler);
        return Enumerable.Range(0, 3).Min(_ =>
        {
            long one = MeasureConnection(request, 1, rules, handler);
            return MeasureConnection(request, RequestCount + 1, rules, handler) - one;
        });
    }

    [Theory]
    [InlineData("/ok-json")]
    [InlineData("/union/1")]
    [InlineData("/union/3")]
    [InlineData("/created")]
    [InlineData("/no-content")]
    [InlineData("/text")]
    [InlineData("/bytes")]
    [InlineData("/span")]
    [InlineData("/negotiated")]
    [InlineData("/produced?id=1")]
    public void A_generated_route_with_a_typed_result_allocates_nothing(string path)
    {
        string request = $"GET /results{path} HTTP/1.1\r\nHost: x\r\nAccept: application/json, */*;q=0.5\r\n\r\n";
        Assert.Equal(0, MeasureRequests(request, handler: Generated));
    }

    // How many of them there are in a second is measured by Tests/Benchmarks/RoundTrips.
    [Fact]
    public void D28_A_body_of_108_octets_that_is_sent_back_allocates_nothing() => Assert.Equal(
        0,
        MeasureRequests(
            "POST /bodies/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 108\r\n\r\n" + new string('x', 108),
            handler: Generated));

    /// <summary>The request lines and fields that are refused, one of each status and kind.</summary>
    public static TheoryData<string> Refused =>
    [
        "\r\n\r\n", "\n", "\rx", "GET /" + new string('a', 9000), "G@T /", "GET  /", new string('M', 40),
        "GET /<>", "GET /%zz HTTP/1.1\r\n", "GET /../a HTTP/1.1\r\n", "GET / HTTP/x", "GET / HTTP/2.0\r\n",
        "CONNECT a:80 HTTP/1.1\r\n", "GET * HTTP/1.1\r\n", "GET http://@/ HTTP/1.1\r\n",
        "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: @\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: @\r\n\r\n", "GET / HTTP/1.1\r\n A: b\r\n", "GET / HTTP/1.1\r\nA: b\r\n c\r\n",
        "GET / HTTP/1.1\r\nA : b\r\n", "GET / HTTP/1.1\r\nA\r\n", "GET / HTTP/1.1\r\n: b\r\n",
        "GET / HTTP/1.1\r\nA@: b\r\n", "GET / HTTP/1.1\r\nA: \0\r\n",
        "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n",
        "POST /len HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: a b\r\n\r\n",
        "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST /len HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /len HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_request_allocates_nothing(string request)
    {
        // A connection that is refused at once has cost no more than one that was answered.
        long refused = Enumerable.Range(0, 3).Min(_ => MeasureConnection(request, 1, isWhole: true));
        long answered = Enumerable.Range(0, 3).Min(
            _ => MeasureConnection("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 1, isWhole: true));
        Assert.True(refused <= answered, $"{refused} bytes, {answered} for a connection that is answered");
    }

    [Fact]
    public void A_request_that_the_gate_lets_in_allocates_nothing()
    {
        var gate = new RequestGate(
            new Router(new TestTable()).HandleAsync, 1, 100, TimeSpan.FromSeconds(1), TimeProvider.System,
            NullLogger.Instance);
        Assert.Equal(0, MeasureRequests("GET /json HTTP/1.1\r\nHost: x\r\n\r\n", handler: gate.HandleAsync));
    }

    [Fact]
    public void A_handler_that_allocates_is_seen()
    {
        long one = MeasureConnection("GET /text/abc HTTP/1.1\r\nHost: x\r\n\r\n", 1);
        long many = MeasureConnection("GET /text/abc HTTP/1.1\r\nHost: x\r\n\r\n", RequestCount + 1);
        Assert.True(many - one >= RequestCount * 24, $"{many - one} bytes");
    }

    private static long MeasureConnection(
        string request, int count, TargetRules rules = TargetRules.Strict, Handler? handler = null,
        bool isWhole = false)
    {
        byte[] bytes = Engine.Bytes(request);
        Transport.Connection connection = isWhole
            ? new DiscardingConnection(bytes)
            : new RepeatingConnection(bytes, count);

        // Time stands still: the Date line, made anew once a second, is no part of a request's cost.
        var time = new ManualTimeProvider();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, null, handler, NullLogger.Instance, time, rules);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(serving.IsCompletedSuccessfully, "everything completes at once on this thread");
        if (connection is RepeatingConnection repeating)
            Assert.Equal(count, repeating.AnswerCount);
        return after - before;
    }
}
