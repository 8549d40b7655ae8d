namespace Waymark.Connections;

/// <summary>Values by their types: a chain of slots, one a type, newest first.</summary>
/// <remarks>
/// Reading takes no lock and compares one type a slot: cheaper than a dictionary up to some ten types, and nothing at
/// all for a connection without values. A slot stays once it is made, so that readers never see a broken chain.
/// </remarks>
internal sealed class ConnectionValues
{
    private volatile Slot? _first;

    // INVARIANT: under the lock, which is this object, since only this folder sees it.
    private bool _isEnded;

    public T? Get<T>()
        where T : class => Find<T>()?.Value;

    public T? Set<T>(T? value)
        where T : class
    {
        lock (this)
        {
            ObjectDisposedException.ThrowIf(_isEnded, typeof(ConnectionInfo));
            Slot<T>? slot = Find<T>();
            if (slot is null)
                _first = slot = new Slot<T>(_first);

            T? previous = slot.Value;
            slot.Value = value;
            return previous;
        }
    }

    /// <summary>Takes the newest value, and lets nothing be set any more.</summary>
    public bool TryTake(out object? value)
    {
        lock (this)
        {
            _isEnded = true;
            value = null;
            while (value is null && _first is { } slot)
            {
                value = slot.Take();
                _first = slot.Next;
            }

            return value is not null;
        }
    }

    private Slot<T>? Find<T>()
        where T : class
    {
        for (Slot? slot = _first; slot is not null; slot = slot.Next)
        {
            if (slot is Slot<T> found)
                return found;
        }

        return null;
    }

    private abstract class Slot(Slot? next)
    {
        public Slot? Next { get; } = next;

        public abstract object? Take();
    }

    private sealed class Slot<T>(Slot? next) : Slot(next)
        where T : class
    {
        private volatile T? _value;

        public T? Value { get => _value; set => _value = value; }

        public override object? Take()
        {
            T? value = _value;
            _value = null;
            return value;
        }
    }
}
