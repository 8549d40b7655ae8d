using System.Runtime.CompilerServices;
using Waymark.Buffers;
using Waymark.CompilerServices;

namespace Waymark.Answers;

/// <summary>Sends what streams hold, in pieces of 64 KiB, no faster than the client takes it.</summary>
internal static class StreamCopy
{
    /// <summary>The size of a piece: what the writer sends without another copy.</summary>
    public const int PieceBytesMax = 64 * 1024;

    /// <summary>Copies a stream from its position to its end and disposes it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask CopyAsync(Exchange exchange, Stream stream)
    {
        await using (stream.ConfigureAwait(false))
        {
            Response response = exchange.Response;
            if (stream.CanSeek)
                response.ContentLength = Math.Max(0, stream.Length - stream.Position);
            if (exchange.Request.Verb != Verbs.Head)
                await CopyAllAsync(response, stream, exchange.RequestAborted).ConfigureAwait(false);
            else if (!stream.CanSeek)
                await response.FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Calls what writes to a stream; not for HEAD, whose answer has no body.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask WriteAsync(Exchange exchange, Func<Stream, CancellationToken, Task> write)
    {
        if (exchange.Request.Verb == Verbs.Head)
        {
            await exchange.Response.FlushAsync().ConfigureAwait(false);
            return;
        }

        using var stream = new ResponseStream(exchange.Response);
        await write(stream, exchange.RequestAborted).ConfigureAwait(false);
    }

    private static async ValueTask CopyAllAsync(Response response, Stream stream, CancellationToken stop)
    {
        byte[] piece = BlockPool.Rent(PieceBytesMax);
        try
        {
            while (true)
            {
                int count = await stream.ReadAsync(piece.AsMemory(0, PieceBytesMax), stop).ConfigureAwait(false);
                if (count == 0)
                    return;
                await response.WriteAsync(piece.AsMemory(0, count)).ConfigureAwait(false);
                if (response.BodyBytes == response.ContentLength)
                    return;
                // A stream that gives less than was asked for may be slow: what it gave is not held back.
                if (count < PieceBytesMax)
                    await response.FlushAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            BlockPool.Return(piece);
        }
    }
}
