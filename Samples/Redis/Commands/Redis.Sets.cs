using Waymark;

/// <content>Sets.</content>
internal sealed partial class Redis
{
    [Command("SADD :key *members")]
    private RespValue AddMembers(ReadOnlySpan<byte> key, ReadOnlyMemory<byte>[] members)
    {
        lock (database.Lock)
        {
            return database.TryFindOrAdd(key, out RandomSet? set)
                ? RespValue.Integer(members.Count(member => set.Add(member.Span))) : RespValue.WrongType;
        }
    }

    [Command("SREM :key *members")]
    private RespValue RemoveMembers(ReadOnlySpan<byte> key, ReadOnlyMemory<byte>[] members)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out RandomSet? set))
                return RespValue.WrongType;
            int count = set is null ? 0 : members.Count(member => set.Remove(member.Span));
            if (set is { Members.Count: 0 })
                database.Remove(key);
            return RespValue.Integer(count);
        }
    }

    [Command("SISMEMBER :key :member")]
    private RespValue IsMember(ReadOnlySpan<byte> key, ReadOnlySpan<byte> member)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out RandomSet? set)
                ? RespValue.Integer(set is not null && set.Contains(member)) : RespValue.WrongType;
        }
    }

    [Command("SCARD :key")]
    private RespValue CountMembers(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out RandomSet? set)
                ? RespValue.Integer(set?.Members.Count ?? 0) : RespValue.WrongType;
        }
    }

    [Command("SMEMBERS :key")]
    private RespValue GetMembers(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out RandomSet? set)
                ? RespValue.Bulks(set?.Members ?? []) : RespValue.WrongType;
        }
    }

    [Command("SPOP :key")]
    private RespValue PopMember(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out RandomSet? set))
                return RespValue.WrongType;
            if (set is null)
                return RespValue.Null;
            byte[] member = set.Pop();
            if (set.Members.Count == 0)
                database.Remove(key);
            return RespValue.Bulk(member);
        }
    }
}
