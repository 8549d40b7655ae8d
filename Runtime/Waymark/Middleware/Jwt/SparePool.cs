namespace Waymark.Middleware;

/// <summary>Lends an object to one user at a time: the platform's keys promise nothing to two threads.</summary>
/// <remarks>One is kept; where several are lent, the others are made and disposed.</remarks>
internal sealed class SparePool<T>
    where T : class, IDisposable
{
    private readonly Func<T> _create;
    private T? _spare;

    /// <summary>Makes the first one, so that what cannot be made is known at once.</summary>
    public SparePool(Func<T> create)
    {
        _create = create;
        _spare = create();
    }

    public T Take() => Interlocked.Exchange(ref _spare, null) ?? _create();

    public void Return(T item)
    {
        if (Interlocked.CompareExchange(ref _spare, item, null) is not null)
            item.Dispose();
    }
}
