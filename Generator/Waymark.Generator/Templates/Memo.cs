using System.Collections.Concurrent;

namespace Waymark.Generator.Templates;

/// <summary>Remembers what a pure function made of a text, for as many texts as fit.</summary>
/// <remarks>
/// Holds nothing of a compilation, only values that follow from their key, so it is shared by all. Once it is full it
/// starts anew: what is in use comes back with the next run. Thread-safe; two threads may build the same value.
/// </remarks>
internal sealed class Memo<T>(int capacity)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _values = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The value of a text.</summary>
    public T Get(string key, Func<T> build)
    {
        if (_values.TryGetValue(key, out T? known))
            return known;
        if (Interlocked.Increment(ref _count) > capacity)
        {
            _values.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return _values.GetOrAdd(key, build());
    }
}
