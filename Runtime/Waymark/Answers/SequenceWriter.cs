using System.Runtime.CompilerServices;
using Waymark.CompilerServices;

namespace Waymark.Answers;

/// <summary>Writes items as they come.</summary>
/// <remarks>
/// While the source has the next item ready, items pile up to 32 KiB for one send; as soon as it has not, what there is
/// goes out. A failure before the first send is answered with 500; a later one leaves the body unfinished and aborts
/// the connection, so that the client can't take a part for the whole. Where the format knows something that says
/// nothing, it is sent when the source is silent for long. The source is disposed in every case; that the
/// peer has left shows at the next send, or by <see cref="Exchange.RequestAborted"/>, which the source is given.
/// </remarks>
internal static class SequenceWriter
{
    private const int PendingBytesMax = 32 * 1024;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask WriteAsync<T, TFormat>(Exchange exchange, IAsyncEnumerable<T> source, TFormat format)
        where TFormat : struct, ISequenceFormat<T>
    {
        Response response = exchange.Response;
        format.Begin(response);
        if (exchange.Request.Verb == Verbs.Head)
        {
            // The length of what GET would send is not known without asking the source, which may never end.
            await response.FlushAsync().ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(exchange.RequestAborted);
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(stop.Token);
        await using (items.ConfigureAwait(false))
        {
            long sentBytes = format.StartsAtOnce ? -1 : response.BodyBytes;
            while (true)
            {
                ValueTask<bool> moving = items.MoveNextAsync();
                bool hasItem;
                if (moving.IsCompleted || (response.BodyBytes == sentBytes && !format.HasKeepAlive))
                {
                    hasItem = await moving.ConfigureAwait(false);
                }
                else
                {
                    hasItem = await MoveWhileSendingAsync<T, TFormat>(exchange, moving.AsTask(), format, stop)
                        .ConfigureAwait(false);
                    sentBytes = response.BodyBytes;
                }

                if (!hasItem)
                    break;
                stop.Token.ThrowIfCancellationRequested();
                format.Write(response, items.Current);
                if (response.BodyBytes - sentBytes >= PendingBytesMax)
                {
                    sentBytes = response.BodyBytes;
                    await response.FlushAsync().ConfigureAwait(false);
                }
            }
        }

        format.End(response);
    }

    /// <summary>Sends while the source looks for its next item.</summary>
    private static async Task<bool> MoveWhileSendingAsync<T, TFormat>(
        Exchange exchange, Task<bool> moving, TFormat format, CancellationTokenSource stop)
        where TFormat : struct, ISequenceFormat<T>
    {
        try
        {
            Response response = exchange.Response;
            await response.FlushAsync().ConfigureAwait(false);
            while (format.HasKeepAlive && await IsSilentAsync(exchange, moving).ConfigureAwait(false))
            {
                format.WriteKeepAlive(response);
                await response.FlushAsync().ConfigureAwait(false);
            }
        }
        catch
        {
            // A source may not be disposed while it runs: it is told to stop, and waited for.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(moving).ConfigureAwait(false);
            throw;
        }

        return await moving.ConfigureAwait(false);
    }

    /// <returns>False where the source has moved.</returns>
    private static async ValueTask<bool> IsSilentAsync(Exchange exchange, Task<bool> moving)
    {
        if (moving.IsCompleted || exchange.Owner is not { } connection
            || connection.EventKeepAlive == Timeout.InfiniteTimeSpan)
        {
            return false;
        }

        await Task.WhenAny(moving, connection.WaitForSilenceAsync(connection.EventKeepAlive)).ConfigureAwait(false);
        return !moving.IsCompleted;
    }
}
