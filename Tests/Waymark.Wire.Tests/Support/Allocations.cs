using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Tests.Support;

namespace Waymark.Wire.Tests.Support;

/// <summary>What a request allocates on its thread, between the bytes that come and those that go.</summary>
internal static class Allocations
{
    private const int RequestCount = 10_000;

    /// <summary>The bytes of 10,000 requests on one connection, beyond the first; the least of three.</summary>
    public static long OfRequest(string request, Handler handler)
    {
        byte[] bytes = Engine.Bytes(request);
        Measure(bytes, RequestCount, handler);
        return Enumerable.Range(0, 3).Min(_ =>
        {
            long one = Measure(bytes, 1, handler);
            return Measure(bytes, RequestCount + 1, handler) - one;
        });
    }

    private static long Measure(byte[] request, int count, Handler handler)
    {
        var connection = new RepeatingConnection(request, count);
        var time = new ManualTimeProvider();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, null, handler, NullLogger.Instance, time);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(serving.IsCompletedSuccessfully, "everything completes at once on this thread");
        Assert.Equal(count, connection.AnswerCount);
        return after - before;
    }
}
