using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Streams;

namespace Waymark.Wire.Tests.Support;

/// <summary>Counts what a whole connection of packets allocates.</summary>
internal static class StreamMeasuring
{
    /// <summary>Serves a connection on this thread, to its end.</summary>
    /// <returns>How many bytes were allocated, and how many packets were received.</returns>
    public static (long Bytes, long PacketCount) Measure<TIn, TOut>(
        DiscardingConnection connection, IStreamProtocol<TIn, TOut> protocol, StreamHandler<TIn, TOut> handler)
    {
        var serving = new StreamConnectionHandler<TIn, TOut>(protocol, handler, new StreamSettings
        {
            Time = TimeProvider.System,
            Logger = NullLogger.Instance,
            PacketBytesMax = 4096,
            ReceiveTimeout = Timeout.InfiniteTimeSpan,
            SendFloor = SendFloor.Default,
        });
        var context = new ConnectionContext(connection, 1, CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task served = serving.RunAsync(context);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(served.IsCompletedSuccessfully, "everything completes at once on this thread");
        return (after - before, context.RequestCount);
    }
}
