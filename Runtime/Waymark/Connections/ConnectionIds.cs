namespace Waymark.Connections;

/// <summary>Numbers connections from 1 on: those of one server, or of several that run as one.</summary>
internal sealed class ConnectionIds
{
    private long _last;

    /// <summary>A number that no other connection has. From any thread.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
