using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Routing;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Values that are no objects are bound without an allocation; generated thunks, a whole connection.</summary>
public sealed class BindingAllocationTests
{
    private const int RequestCount = 2_000;

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    [Theory]
    [InlineData("GET /plain/numbers/1/2?c=3&d=4")]
    [InlineData("GET /plain/numbers/%31/2.0?c=%33&e=%35")]
    [InlineData("GET /plain/values/00112233-4455-6677-8899-aabbccddeeff/friday?date=2026-01-31"
        + "&moment=2026-01-31T23:59:59Z&time=01:00:00&on=true")]
    [InlineData("GET /plain/own/1?b=2&c=c")]
    [InlineData("GET /plain/utf8/ab")]
    [InlineData("GET /plain/utf8/a%2F%C3%BC")]
    [InlineData("GET /plain/utf16/ab?q=x")]
    [InlineData("GET /plain/utf16/a%2F%C3%BC?q=x+y")]
    [InlineData("GET /plain/fields", "A: 1\r\nCookie: c=2; d=red\r\n")]
    [InlineData("GET /plain/gathered/1")]
    public async Task Binding_a_value_allocates_nothing(string request, string fields = "")
    {
        string whole = $"{request} HTTP/1.1\r\n{fields}Host: x\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(whole, handler: Handler);
        Assert.EndsWith("\r\n\r\nyes", answer.Text, StringComparison.Ordinal);
        MeasureConnection(whole, RequestCount);
        // The least of three: a collection in between empties the shared pools, which are then filled anew.
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ =>
        {
            long one = MeasureConnection(whole, 1);
            return MeasureConnection(whole, RequestCount + 1) - one;
        }));
    }

    [Fact]
    public void A_string_is_seen_to_allocate()
    {
        const string Request = "GET /plain/text/abc HTTP/1.1\r\nHost: x\r\n\r\n";
        // What the first connection of the process makes once is left out.
        MeasureConnection(Request, 1);
        long one = MeasureConnection(Request, 1);
        Assert.True(MeasureConnection(Request, RequestCount + 1) - one >= RequestCount * 24);
    }

    private static long MeasureConnection(string request, int count)
    {
        var connection = new RepeatingConnection(Engine.Bytes(request), count);
        var time = new ManualTimeProvider();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, null, Handler, NullLogger.Instance, time);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(serving.IsCompletedSuccessfully, "everything completes at once on this thread");
        Assert.Equal(count, connection.AnswerCount);
        return after - before;
    }
}
