using Waymark;

/// <content>Lists, which grow and shrink at both ends.</content>
internal sealed partial class Redis
{
    [Command("LPUSH :key *values")]
    private RespValue PushLeft(ReadOnlySpan<byte> key, byte[][] values)
    {
        lock (database.Lock)
        {
            if (!database.TryFindOrAdd(key, out LinkedList<byte[]>? list))
                return RespValue.WrongType;
            foreach (byte[] value in values)
                list.AddFirst(value);
            return RespValue.Integer(list.Count);
        }
    }

    [Command("RPUSH :key *values")]
    private RespValue PushRight(ReadOnlySpan<byte> key, byte[][] values)
    {
        lock (database.Lock)
        {
            if (!database.TryFindOrAdd(key, out LinkedList<byte[]>? list))
                return RespValue.WrongType;
            foreach (byte[] value in values)
                list.AddLast(value);
            return RespValue.Integer(list.Count);
        }
    }

    [Command("LPOP :key")]
    private RespValue PopLeft(ReadOnlySpan<byte> key) => Pop(key, isLeft: true);

    [Command("LPOP :key :count")]
    private RespValue PopLeft(ReadOnlySpan<byte> key, long count) => Pop(key, count, isLeft: true);

    [Command("RPOP :key")]
    private RespValue PopRight(ReadOnlySpan<byte> key) => Pop(key, isLeft: false);

    [Command("RPOP :key :count")]
    private RespValue PopRight(ReadOnlySpan<byte> key, long count) => Pop(key, count, isLeft: false);

    [Command("LLEN :key")]
    private RespValue CountItems(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out LinkedList<byte[]>? list)
                ? RespValue.Integer(list?.Count ?? 0) : RespValue.WrongType;
        }
    }

    /// <summary>Both ends are included; negative ones count from the end, -1 being the last.</summary>
    [Command("LRANGE :key :start :stop")]
    private RespValue GetItems(ReadOnlySpan<byte> key, long start, long stop)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out LinkedList<byte[]>? list))
                return RespValue.WrongType;
            int count = list?.Count ?? 0;
            long first = Math.Max(0, start < 0 ? start + count : start);
            long last = Math.Min(count - 1, stop < 0 ? stop + count : stop);
            if (first > last)
                return RespValue.Empty;

            // From the end that is nearer.
            var items = new RespValue[last - first + 1];
            if (first <= count - 1 - last)
            {
                LinkedListNode<byte[]> node = list!.First!;
                for (long i = 0; i < first; i++)
                    node = node.Next!;
                for (int i = 0; i < items.Length; i++, node = node.Next!)
                    items[i] = RespValue.Bulk(node.Value);
            }
            else
            {
                LinkedListNode<byte[]> node = list!.Last!;
                for (long i = count - 1; i > last; i--)
                    node = node.Previous!;
                for (int i = items.Length - 1; i >= 0; i--, node = node.Previous!)
                    items[i] = RespValue.Bulk(node.Value);
            }

            return RespValue.Array(items);
        }
    }

    private RespValue Pop(ReadOnlySpan<byte> key, bool isLeft)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out LinkedList<byte[]>? list))
                return RespValue.WrongType;
            return list is null ? RespValue.Null : RespValue.Bulk(Take(key, list, isLeft));
        }
    }

    private RespValue Pop(ReadOnlySpan<byte> key, long count, bool isLeft)
    {
        if (count < 0)
            return RespValue.Error("ERR value is out of range, must be positive");
        lock (database.Lock)
        {
            if (!database.TryFind(key, out LinkedList<byte[]>? list))
                return RespValue.WrongType;
            if (list is null)
                return RespValue.NullArray;
            var items = new RespValue[Math.Min(count, list.Count)];
            for (int i = 0; i < items.Length; i++)
                items[i] = RespValue.Bulk(Take(key, list, isLeft));
            return RespValue.Array(items);
        }
    }

    private byte[] Take(ReadOnlySpan<byte> key, LinkedList<byte[]> list, bool isLeft)
    {
        byte[] value = isLeft ? list.First!.Value : list.Last!.Value;
        if (isLeft)
            list.RemoveFirst();
        else
            list.RemoveLast();
        if (list.Count == 0)
            database.Remove(key);
        return value;
    }
}
