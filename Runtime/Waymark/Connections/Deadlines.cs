using System.Diagnostics;

namespace Waymark.Connections;

/// <summary>One coarse timer wheel for the deadlines of all connections of a server.</summary>
/// <remarks>
/// <code>
///             Sweep: takes every slot up to now
///                |
///  ... | 41 | 42 | 43 | 44 | 45 | ...       one slot for each 125 ms, 128 s around
///                  |         |
///                  A-C       B             connections, linked through themselves
/// </code>
/// A connection writes its deadline into itself and touches the wheel only where the wheel would look at it too late.
/// So a deadline that moves on with every request costs two plain memory accesses: when the wheel comes to the old
/// place, it sees the new deadline and moves the connection there. A sweep costs what is due in it, however many
/// connections are idle; what is further away than the wheel goes round is looked at once a round.
/// <para>
/// Nothing is missed between the two threads: a connection writes its deadline, then reads where the wheel looks; the
/// sweep marks what it took as looked at nowhere, makes that seen by every thread of the process (one barrier for a
/// sweep that took something, so that connections need none), and then reads the deadlines. Whichever of the two
/// comes second sees what the other has written, by construction.
/// </para>
/// </remarks>
/// <param name="time">The clock of the deadlines.</param>
/// <param name="pass">
/// Called without the lock for what is past its deadline; returns the timestamp to look again at, or
/// <see cref="ConnectionContext.NoDeadline"/>.
/// </param>
internal sealed class Deadlines(TimeProvider time, Func<ConnectionContext, long, long> pass)
{
    /// <summary>The width of a slot, and so how late a deadline may be kept, but for the timer's own delay.</summary>
    public static readonly TimeSpan SlotTime = TimeSpan.FromMilliseconds(125);

    private const int SlotCount = 1024;

    private readonly Lock _lock = new();
    private readonly long _slotTicks = Timestamps.FromTimeSpan(time, SlotTime);
    private readonly long _start = time.GetTimestamp();

    // INVARIANT: under _lock. Slot n of the wheel holds what is looked at in one turn t with t % SlotCount == n and
    // _nextTurn <= t < _nextTurn + SlotCount.
    private readonly ConnectionContext?[] _slots = new ConnectionContext?[SlotCount];
    private long _nextTurn;

    // Only the sweep uses it, and sweeps do not overlap.
    private readonly List<ConnectionContext> _due = [];

    /// <summary>How many connections sweeps have looked at so far: what they have cost.</summary>
    public long LookCount { get; private set; }

    /// <summary>Has the connection looked at soon after a timestamp, where that is sooner than so far.</summary>
    public void Add(ConnectionContext connection, long timestamp)
    {
        lock (_lock)
        {
            if (connection.IsOffWheel)
                return;
            long turn = Math.Max(0, timestamp - _start) / _slotTicks + 1;
            turn = Math.Clamp(turn, _nextTurn, _nextTurn + SlotCount - 1);
            if (connection.Turn is not ConnectionContext.NoTurn)
            {
                if (connection.Turn <= turn)
                    return;
                Unlink(connection);
            }

            ref ConnectionContext? head = ref _slots[turn % SlotCount];
            connection.Turn = turn;
            connection.NextInSlot = head;
            if (head is not null)
                head.PreviousInSlot = connection;
            head = connection;

            // One slot early, so that a deadline in the same slot is not sent here again and again.
            connection.LookAt = _start + ((turn - 1) * _slotTicks);
        }
    }

    /// <summary>Forgets a connection for good.</summary>
    public void Remove(ConnectionContext connection)
    {
        lock (_lock)
        {
            connection.IsOffWheel = true;
            if (connection.Turn != ConnectionContext.NoTurn)
                Unlink(connection);
        }
    }

    /// <summary>Handles every deadline that has passed.</summary>
    public void Sweep()
    {
        long now = time.GetTimestamp();
        TakeDue(now);
        if (_due.Count == 0)
            return;
        LookCount += _due.Count;
        Interlocked.MemoryBarrierProcessWide();
        foreach (ConnectionContext connection in _due)
        {
            long deadline = connection.Deadline;
            long next = deadline < now ? pass(connection, now) : deadline;
            if (next != ConnectionContext.NoDeadline)
                Add(connection, next);
        }

        _due.Clear();
    }

    private void TakeDue(long now)
    {
        Debug.Assert(_due.Count == 0);
        lock (_lock)
        {
            long last = (now - _start) / _slotTicks;
            long first = Math.Max(_nextTurn, last - SlotCount + 1);
            for (long turn = first; turn <= last; turn++)
            {
                while (_slots[turn % SlotCount] is { } connection)
                {
                    Unlink(connection);
                    _due.Add(connection);
                }
            }

            _nextTurn = Math.Max(_nextTurn, last + 1);
        }
    }

    private void Unlink(ConnectionContext connection)
    {
        if (connection.PreviousInSlot is { } previous)
            previous.NextInSlot = connection.NextInSlot;
        else
            _slots[connection.Turn % SlotCount] = connection.NextInSlot;
        if (connection.NextInSlot is { } next)
            next.PreviousInSlot = connection.PreviousInSlot;
        connection.NextInSlot = connection.PreviousInSlot = null;
        connection.Turn = ConnectionContext.NoTurn;
        connection.LookAt = ConnectionContext.NoDeadline;
    }
}
