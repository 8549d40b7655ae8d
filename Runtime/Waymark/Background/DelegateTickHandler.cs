namespace Waymark.Background;

/// <summary>A handler that is no more than its tick.</summary>
internal sealed class DelegateTickHandler(Func<long, CancellationToken, ValueTask> tick) : ITickHandler
{
    public ValueTask TickAsync(long number, CancellationToken stop) => tick(number, stop);
}
