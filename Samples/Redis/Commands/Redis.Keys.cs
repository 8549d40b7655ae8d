using Waymark;

/// <content>Keys, whatever they hold.</content>
internal sealed partial class Redis
{
    [Command("DEL *keys")]
    [Command("UNLINK *keys")]
    private RespValue Delete(ReadOnlyMemory<byte>[] keys)
    {
        lock (database.Lock)
            return RespValue.Integer(keys.Count(key => database.Remove(key.Span)));
    }

    [Command("EXISTS *keys")]
    private RespValue Exist(ReadOnlyMemory<byte>[] keys)
    {
        lock (database.Lock)
            return RespValue.Integer(keys.Count(key => database.Find(key.Span) is not null));
    }

    [Command("TYPE :key")]
    private RespValue TypeOf(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return RespValue.Simple(database.Find(key) switch
            {
                null => "none",
                byte[] => "string",
                LinkedList<byte[]> => "list",
                RandomSet => "set",
                SortedMembers => "zset",
                _ => "hash",
            });
        }
    }

    [Command("KEYS :pattern")]
    private RespValue Find(byte[] pattern)
    {
        lock (database.Lock)
            return RespValue.Bulks(database.Keys.Where(key => Glob.IsMatch(pattern, key)));
    }

    [Command("EXPIRE :key :seconds")]
    private RespValue Expire(ReadOnlySpan<byte> key, long seconds) => ExpireIn(key, seconds, 1000, "expire");

    [Command("PEXPIRE :key :milliseconds")]
    private RespValue ExpireInMilliseconds(ReadOnlySpan<byte> key, long milliseconds) =>
        ExpireIn(key, milliseconds, 1, "pexpire");

    [Command("PERSIST :key")]
    private RespValue Persist(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            bool hasEnd = database.TryGetEnd(key, out long? expiresAt) && expiresAt is not null;
            return RespValue.Integer(hasEnd && database.TrySetEnd(key, null));
        }
    }

    [Command("TTL :key")]
    private RespValue SecondsLeft(ReadOnlySpan<byte> key)
    {
        long left = Left(key);
        return RespValue.Integer(left < 0 ? left : (left + 500) / 1000);
    }

    [Command("PTTL :key")]
    private RespValue MillisecondsLeft(ReadOnlySpan<byte> key) => RespValue.Integer(Left(key));

    /// <summary>How long a key is there: -1 for ever, -2 for not at all.</summary>
    private long Left(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            if (!database.TryGetEnd(key, out long? expiresAt))
                return -2;
            return expiresAt is { } at ? Math.Max(0, at - database.Now) : -1;
        }
    }

    private RespValue ExpireIn(ReadOnlySpan<byte> key, long count, long unit, string command)
    {
        lock (database.Lock)
        {
            return TryGetEnd(count, unit, out long expiresAt)
                ? RespValue.Integer(database.TrySetEnd(key, expiresAt))
                : RespValue.Error($"ERR invalid expire time in '{command}' command");
        }
    }

    /// <summary>When a time from now is.</summary>
    /// <returns>False for one that cannot be told as a number of milliseconds.</returns>
    private bool TryGetEnd(long count, long unit, out long expiresAt)
    {
        Int128 at = ((Int128)count * unit) + database.Now;
        bool isPossible = at >= long.MinValue && at <= long.MaxValue;
        expiresAt = isPossible ? (long)at : 0;
        return isPossible;
    }
}
