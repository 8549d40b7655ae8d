using Waymark;

/// <content>Hashes: fields and their values.</content>
internal sealed partial class Redis
{
    [Command("HSET :key *pairs")]
    private RespValue SetFields(ReadOnlySpan<byte> key, byte[][] pairs)
    {
        if (pairs.Length % 2 != 0)
            return WrongCount("hset");
        lock (database.Lock)
        {
            if (!database.TryFindOrAdd(key, out Fields? fields))
                return RespValue.WrongType;
            int oldCount = fields.Count;
            for (int i = 0; i < pairs.Length; i += 2)
                fields[pairs[i]] = pairs[i + 1];
            return RespValue.Integer(fields.Count - oldCount);
        }
    }

    [Command("HGET :key :field")]
    private RespValue GetField(ReadOnlySpan<byte> key, byte[] field)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out Fields? fields)
                ? RespValue.Bulk(fields?.GetValueOrDefault(field)) : RespValue.WrongType;
        }
    }

    [Command("HDEL :key *names")]
    private RespValue DeleteFields(ReadOnlySpan<byte> key, byte[][] names)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out Fields? fields))
                return RespValue.WrongType;
            int count = fields is null ? 0 : names.Count(fields.Remove);
            if (fields is { Count: 0 })
                database.Remove(key);
            return RespValue.Integer(count);
        }
    }

    [Command("HGETALL :key")]
    private RespValue GetFields(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out Fields? fields)
                ? RespValue.Bulks(fields?.SelectMany(pair => new[] { pair.Key, pair.Value }) ?? [])
                : RespValue.WrongType;
        }
    }

    [Command("HLEN :key")]
    private RespValue CountFields(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out Fields? fields)
                ? RespValue.Integer(fields?.Count ?? 0) : RespValue.WrongType;
        }
    }
}

/// <summary>A hash.</summary>
internal sealed class Fields() : Dictionary<byte[], byte[]>(ByteComparer.Instance);
