using System.Globalization;
using Waymark;

/// <content>What tools ask of the server itself.</content>
internal sealed partial class Redis
{
    /// <summary>Whose commands these are, as far as they go.</summary>
    private const string Version = "7.0.0";

    [Command("DBSIZE")]
    private RespValue CountKeys()
    {
        lock (database.Lock)
            return RespValue.Integer(database.Keys.Count);
    }

    [Command("FLUSHALL *mode?")]
    [Command("FLUSHDB *mode?")]
    private RespValue Flush(string[] mode)
    {
        if (mode.Length > 1 || (mode.Length == 1 && mode[0].ToUpperInvariant() is not ("SYNC" or "ASYNC")))
            return RespValue.SyntaxError;
        lock (database.Lock)
            database.Clear();
        return RespValue.Ok;
    }

    [Command("TIME")]
    private RespValue Time()
    {
        long microseconds = (database.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        (long seconds, long rest) = Math.DivRem(microseconds, 1_000_000);
        return RespValue.Array([BulkOf(seconds), BulkOf(rest)]);
    }

    /// <summary>redis-cli asks for the documents of the commands when it starts, and can do without.</summary>
    [Command("COMMAND *question?")]
    private RespValue Describe(string[] question) =>
        question is ["COUNT" or "count"] ? RespValue.Integer(Commands.Count) : RespValue.Empty;

    /// <summary>redis-benchmark shows two settings, which are none here: nothing is kept on a disk.</summary>
    [Command("CONFIG GET *patterns")]
    private static RespValue GetSettings(ReadOnlyMemory<byte>[] patterns)
    {
        (string Name, string Value)[] settings = [("save", ""), ("appendonly", "no")];
        return RespValue.Array(
        [
            .. settings.Where(setting => Array.Exists(
                    patterns, pattern => Glob.IsMatch(pattern.Span, System.Text.Encoding.ASCII.GetBytes(setting.Name))))
                .SelectMany(setting => new[] { RespValue.Bulk(setting.Name), RespValue.Bulk(setting.Value) }),
        ]);
    }

    [Command("INFO *sections?")]
    private RespValue Info(string[] sections)
    {
        _ = sections;
        int count;
        lock (database.Lock)
            count = database.Keys.Count;
        return RespValue.Bulk(string.Create(
            CultureInfo.InvariantCulture,
            $"# Server\r\nredis_version:{Version}\r\nredis_mode:standalone\r\n"
            + $"process_id:{Environment.ProcessId}\r\n\r\n"
            + $"# Keyspace\r\n{(count == 0 ? "" : $"db0:keys={count}\r\n")}"));
    }

    private static RespValue BulkOf(long number) =>
        RespValue.Bulk(number.ToString(CultureInfo.InvariantCulture));
}
