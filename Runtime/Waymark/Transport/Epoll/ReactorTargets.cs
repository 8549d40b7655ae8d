namespace Waymark.Transport.Epoll;

/// <summary>Something with a descriptor that a reactor tells of its readiness.</summary>
internal interface IReactorTarget
{
    /// <summary>On the reactor's thread: acts on what has become possible.</summary>
    public void OnReady(Readiness readiness);

    /// <summary>
    /// On another thread, while this target's code keeps a reactor's thread from going on: notes what it was doing.
    /// </summary>
    public void OnBlocking();
}

/// <summary>Finds the target of an event: by descriptor, a small number, for all reactors of the process.</summary>
/// <remarks>
/// A reactor may still hold an event of a descriptor that was closed since, and that the system has given out again.
/// Such an event carries the generation of the old target. Should the two fields of a place be seen half written, the
/// new target is told that it is ready when it is not, which only costs it one try.
/// </remarks>
internal static class ReactorTargets
{
    private const int CapacityInitial = 256;

    private static readonly Lock Lock = new();
    private static Place[] _places = new Place[CapacityInitial];
    private static uint _lastGeneration;

    /// <summary>Enters a target.</summary>
    /// <returns>What its events carry.</returns>
    public static ulong Add(int descriptor, IReactorTarget target)
    {
        lock (Lock)
        {
            if (descriptor >= _places.Length)
            {
                var larger = new Place[Math.Max(_places.Length * 2, descriptor + 1)];
                _places.CopyTo(larger, 0);
                Volatile.Write(ref _places, larger);
            }

            uint generation = ++_lastGeneration;
            _places[descriptor] = new Place(target, generation);
            return ((ulong)generation << 32) | (uint)descriptor;
        }
    }

    /// <summary>Forgets the target of a descriptor, if there is one, before that is closed.</summary>
    public static void Remove(int descriptor)
    {
        lock (Lock)
        {
            // What was never watched may lie beyond the end.
            if (descriptor < _places.Length)
                _places[descriptor] = default;
        }
    }

    /// <summary>The target of an event; null where it is gone.</summary>
    public static IReactorTarget? Find(ulong token)
    {
        Place place = Volatile.Read(ref _places)[(uint)token];
        return place.Generation == (uint)(token >> 32) ? place.Target : null;
    }

    private readonly record struct Place(IReactorTarget? Target, uint Generation);
}
