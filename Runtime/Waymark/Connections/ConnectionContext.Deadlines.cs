namespace Waymark.Connections;

/// <content>The deadline of a connection, and its place in the wheel that keeps it.</content>
internal sealed partial class ConnectionContext
{
    /// <summary>The deadline of what may take any time.</summary>
    public const long NoDeadline = long.MaxValue;

    /// <summary>The turn of what no slot holds.</summary>
    public const long NoTurn = -1;

    private const long KindMask = 3;
    private const long NotTimedOut = -1;

    // INVARIANT: the timestamp in steps of four ticks, with its kind in the two bits below: both are read as one.
    private long _deadline = NoDeadline;
    private long _lookAt = NoDeadline;
    private Deadlines? _wheel;
    private SendProgress _progress;

    /// <summary>The timestamp (of the server's TimeProvider) after which something is done; see its kind.</summary>
    /// <remarks>Kept to about an eighth of a second.</remarks>
    public long Deadline
    {
        get
        {
            long deadline = Volatile.Read(ref _deadline);
            return deadline == NoDeadline ? NoDeadline : deadline & ~KindMask;
        }
    }

    /// <summary>What is done when the deadline has passed.</summary>
    public DeadlineKind DeadlineKind => (DeadlineKind)(Volatile.Read(ref _deadline) & KindMask);

    /// <summary>How slowly the peer may take what it is sent.</summary>
    public SendFloor SendFloor { get; set; } = SendFloor.Default;

    /// <summary>Told, on another thread, when a <see cref="DeadlineKind.Watch"/> finds that the peer is gone.</summary>
    public Action? PeerGone { get; set; }

    /// <summary>
    /// Told, on another thread, each time that a <see cref="DeadlineKind.Watch"/> finds the peer there.
    /// </summary>
    public Action<long>? PeerSeen { get; set; }

    /// <summary>Told, on another thread, when a <see cref="DeadlineKind.Silence"/> has passed.</summary>
    public Action? Silent { get; set; }

    /// <summary>Where the wheel looks at this connection next, or a little before; the wheel writes it.</summary>
    public long LookAt { set => Volatile.Write(ref _lookAt, value); }

    // INVARIANT: the next four are used under the wheel's lock only.
    public long Turn { get; set; } = NoTurn;

    public ConnectionContext? NextInSlot { get; set; }

    public ConnectionContext? PreviousInSlot { get; set; }

    /// <summary>True once no wheel may take it in again.</summary>
    public bool IsOffWheel { get; set; }

    /// <summary>When the sweep ended its receive; only the sweep touches this and the next.</summary>
    public long TimedOutAt { get; set; } = NotTimedOut;

    /// <summary>True once the sweep has reset it.</summary>
    public bool IsReset { get; set; }

    /// <summary>True once the sweep has ended its receive.</summary>
    public bool WasEnded => TimedOutAt != NotTimedOut;

    /// <summary>Has a wheel keep the deadlines.</summary>
    public void KeepOn(Deadlines wheel)
    {
        _wheel = wheel;
        if (Deadline != NoDeadline)
            wheel.Add(this, Deadline);
    }

    /// <summary>Sets the deadline of what follows.</summary>
    public void SetDeadline(long timestamp, DeadlineKind kind = DeadlineKind.Receive)
    {
        Volatile.Write(ref _deadline, (timestamp & ~KindMask) | (long)kind);

        // See Deadlines: the wheel's barrier stands between these two, so none is needed here.
        if (timestamp < Volatile.Read(ref _lookAt))
            _wheel?.Add(this, timestamp);
    }

    /// <summary>Sets the deadline of receives to the end of a time that begins now.</summary>
    public void SetDeadline(TimeSpan limit, TimeProvider time) =>
        SetDeadline(time.GetTimestamp() + Timestamps.FromTimeSpan(time, limit));

    /// <summary>Has a send that waits for the peer looked at.</summary>
    /// <param name="start">When it began to wait: tells one send from the next.</param>
    /// <param name="time">Whose timestamp that is.</param>
    public void SetSendDeadline(long start, TimeProvider time) =>
        SetDeadline(start + Timestamps.FromTimeSpan(time, SendFloor.LookPeriod), DeadlineKind.Send);

    /// <summary>Lets what follows take any time.</summary>
    public void ClearDeadline() => Volatile.Write(ref _deadline, NoDeadline);

    /// <summary>True where a send that waits since a timestamp is too slow; only the sweep asks.</summary>
    public bool IsSendTooSlow(long start, long now, TimeProvider time) =>
        _progress.IsTooSlow(start, Connection.BytesTaken, now, SendFloor, time);
}
