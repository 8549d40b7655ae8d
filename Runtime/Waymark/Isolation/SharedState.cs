using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waymark;

/// <summary>A value that one process writes and others read, without waiting for each other.</summary>
/// <remarks>
/// A read is always of one whole write, never of parts of two, and reads never go back in time. The value stands in two
/// places in turn, and a counter says which of them is whole: a writer that is killed at any moment leaves the last
/// whole value, and no reader ever waits for a writer. A read is repeated only where a write ended during it.
/// <para>
/// One process writes: the ticker's, or the parent. Threads of that process may write at any time; the last one wins.
/// </para>
/// </remarks>
/// <typeparam name="T">A struct without references, up to 1 MiB.</typeparam>
/// <example>
/// <code>
/// var counter = new SharedState&lt;long&gt;("counter");
/// server.AddTicker(
///     new Ticker(TimeSpan.FromSeconds(1)),
///     (number, stop) => { counter.Write(number); return ValueTask.CompletedTask; },
///     new TickerOptions { Isolation = TickerIsolation.Process, Shared = [counter] });
/// </code>
/// </example>
public sealed class SharedState<T> : SharedMemory
    where T : unmanaged
{
    private const int BytesMax = 1 << 20;

    private readonly Lock _writes = new();

    /// <summary>Makes the memory, or in a child that was handed it, opens the parent's.</summary>
    /// <param name="name">What parent and child call it: unlike the others that a child gets.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// The value is too large, or the parent's is of another size.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public SharedState(string name)
        : base(name, HeaderBytes + (2L * Stride))
    {
    }

    /// <summary>How often it was written; 0 where it never was, and its value is all zeros.</summary>
    public long Version => Volatile.Read(ref Sequence);

    private static int Stride
    {
        get
        {
            int size = Unsafe.SizeOf<T>();
            if (size > BytesMax)
                throw new InvalidOperationException($"{typeof(T)} has {size} bytes; {BytesMax} is the most here.");
            return (size + 63) & ~63;
        }
    }

    /// <summary>Reads the value that was written last.</summary>
    public T Read()
    {
        while (true)
        {
            long version = Volatile.Read(ref Sequence);
            T value = MemoryMarshal.Read<T>(Slot(version));

            // The copy is done before the counter is looked at again: this place is written only after it has changed.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref Sequence) == version)
            {
                GC.KeepAlive(this);
                return value;
            }
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">What reads give from here on.</param>
    public void Write(in T value)
    {
        lock (_writes)
        {
            long version = Sequence + 1;

            // The counter of the last write is seen before this place changes, and this place before the new counter.
            Interlocked.MemoryBarrier();
            MemoryMarshal.Write(Slot(version), in value);
            Volatile.Write(ref Sequence, version);
            GC.KeepAlive(this);
        }
    }

    private Span<byte> Slot(long version) => Part((version & 1) * Stride, Unsafe.SizeOf<T>());
}
