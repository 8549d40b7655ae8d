using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Waymark;

/// <content>Strings, which may be numbers.</content>
internal sealed partial class Redis
{
    private const int StringBytesMax = 512 * 1024 * 1024;

    [Command("GET :key")]
    private RespValue Get(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
            return database.TryFind(key, out byte[]? value) ? RespValue.Bulk(value) : RespValue.WrongType;
    }

    [Command("SET :key :value")]
    private RespValue Set(ReadOnlySpan<byte> key, byte[] value)
    {
        lock (database.Lock)
            database.Set(key, value);
        return RespValue.Ok;
    }

    /// <summary>SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL].</summary>
    [Command("SET :key :value *options")]
    private RespValue Set(ReadOnlySpan<byte> key, byte[] value, string[] options)
    {
        if (!SetOptions.TryRead(options, out SetOptions read, out RespValue refusal))
            return refusal;
        lock (database.Lock)
        {
            long? expiresAt = null;
            if (read.Time is { } time)
            {
                if (time <= 0 || !TryGetEnd(time, read.Unit, out long at))
                    return RespValue.Error("ERR invalid expire time in 'set' command");
                expiresAt = at;
            }

            object? old = database.Find(key);
            if (read.ReturnsOld && old is not (null or byte[]))
                return RespValue.WrongType;
            RespValue answer = read.ReturnsOld ? RespValue.Bulk((byte[]?)old) : RespValue.Ok;
            if (old is null ? read.IsForOld : read.IsForNew)
                return read.ReturnsOld ? answer : RespValue.Null;
            if (read.KeepsEnd)
                database.Replace(key, value);
            else
                database.Set(key, value, expiresAt);
            return answer;
        }
    }

    [Command("SETNX :key :value")]
    private RespValue SetNew(ReadOnlySpan<byte> key, byte[] value)
    {
        lock (database.Lock)
        {
            bool isNew = database.Find(key) is null;
            if (isNew)
                database.Set(key, value);
            return RespValue.Integer(isNew);
        }
    }

    [Command("GETSET :key :value")]
    private RespValue GetAndSet(ReadOnlySpan<byte> key, byte[] value)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out byte[]? old))
                return RespValue.WrongType;
            database.Set(key, value);
            return RespValue.Bulk(old);
        }
    }

    [Command("GETDEL :key")]
    private RespValue GetAndDelete(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out byte[]? old))
                return RespValue.WrongType;
            database.Remove(key);
            return RespValue.Bulk(old);
        }
    }

    [Command("MGET *keys")]
    private RespValue GetAll(ReadOnlyMemory<byte>[] keys)
    {
        lock (database.Lock)
            return RespValue.Bulks(keys.Select(key => database.Find(key.Span) as byte[]));
    }

    [Command("MSET *pairs")]
    private RespValue SetAll(byte[][] pairs)
    {
        if (pairs.Length % 2 != 0)
            return WrongCount("mset");
        lock (database.Lock)
        {
            for (int i = 0; i < pairs.Length; i += 2)
                database.Set(pairs[i], pairs[i + 1]);
        }

        return RespValue.Ok;
    }

    [Command("APPEND :key :value")]
    private RespValue Append(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out byte[]? old))
                return RespValue.WrongType;
            if ((old?.Length ?? 0) + (long)value.Length > StringBytesMax)
                return RespValue.Error("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
            byte[] joined = [.. old ?? [], .. value];
            database.Replace(key, joined);
            return RespValue.Integer(joined.Length);
        }
    }

    [Command("STRLEN :key")]
    private RespValue Length(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out byte[]? value)
                ? RespValue.Integer(value?.Length ?? 0) : RespValue.WrongType;
        }
    }

    [Command("INCR :key")]
    private RespValue Increment(ReadOnlySpan<byte> key) => Add(key, 1);

    [Command("DECR :key")]
    private RespValue Decrement(ReadOnlySpan<byte> key) => Add(key, -1);

    [Command("INCRBY :key :by")]
    private RespValue IncrementBy(ReadOnlySpan<byte> key, long by) => Add(key, by);

    [Command("DECRBY :key :by")]
    private RespValue DecrementBy(ReadOnlySpan<byte> key, long by) =>
        by == long.MinValue ? RespValue.Error("ERR decrement would overflow") : Add(key, -by);

    private RespValue Add(ReadOnlySpan<byte> key, long by)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out byte[]? old))
                return RespValue.WrongType;
            long number = 0;
            if (old is not null && !TryReadInteger(old, out number))
                return RespValue.NotInteger;
            Int128 sum = (Int128)number + by;
            if (sum < long.MinValue || sum > long.MaxValue)
                return RespValue.Error("ERR increment or decrement would overflow");
            database.Replace(key, Encoding.ASCII.GetBytes(((long)sum).ToString(CultureInfo.InvariantCulture)));
            return RespValue.Integer((long)sum);
        }
    }

    /// <summary>Reads what a number is written as, and nothing else: no plus, no zeros in front, no blanks.</summary>
    private static bool TryReadInteger(ReadOnlySpan<byte> text, out long number)
    {
        Span<byte> written = stackalloc byte[20];
        return Utf8Parser.TryParse(text, out number, out int used) && used == text.Length
            && Utf8Formatter.TryFormat(number, written, out int length) && text.SequenceEqual(written[..length]);
    }

    private static RespValue WrongCount(string command) =>
        RespValue.Error($"ERR wrong number of arguments for '{command}' command");
}
