using System.Globalization;
using System.Text;
using Waymark;

/// <content>Sorted sets: as much of them as redis-benchmark asks for.</content>
internal sealed partial class Redis
{
    [Command("ZADD :key *pairs")]
    private RespValue AddScores(ReadOnlySpan<byte> key, byte[][] pairs)
    {
        if (pairs.Length % 2 != 0)
            return RespValue.SyntaxError;
        var scores = new double[pairs.Length / 2];
        for (int i = 0; i < scores.Length; i++)
        {
            if (!TryReadScore(pairs[2 * i], out scores[i]))
                return RespValue.Error("ERR value is not a valid float");
        }

        lock (database.Lock)
        {
            if (!database.TryFindOrAdd(key, out SortedMembers? sorted))
                return RespValue.WrongType;
            int count = 0;
            for (int i = 0; i < scores.Length; i++)
                count += sorted.Set(pairs[(2 * i) + 1], scores[i]) ? 1 : 0;
            return RespValue.Integer(count);
        }
    }

    [Command("ZSCORE :key :member")]
    private RespValue GetScore(ReadOnlySpan<byte> key, byte[] member)
    {
        lock (database.Lock)
        {
            if (!database.TryFind(key, out SortedMembers? sorted))
                return RespValue.WrongType;
            return sorted?.ScoreOf(member) is { } score ? Show(score) : RespValue.Null;
        }
    }

    [Command("ZCARD :key")]
    private RespValue CountScores(ReadOnlySpan<byte> key)
    {
        lock (database.Lock)
        {
            return database.TryFind(key, out SortedMembers? sorted)
                ? RespValue.Integer(sorted?.Count ?? 0) : RespValue.WrongType;
        }
    }

    [Command("ZPOPMIN :key")]
    private RespValue PopLowest(ReadOnlySpan<byte> key) => PopLowest(key, 1);

    [Command("ZPOPMIN :key :count")]
    private RespValue PopLowest(ReadOnlySpan<byte> key, long count)
    {
        if (count < 0)
            return RespValue.Error("ERR value is out of range, must be positive");
        lock (database.Lock)
        {
            if (!database.TryFind(key, out SortedMembers? sorted))
                return RespValue.WrongType;
            if (sorted is null)
                return RespValue.Empty;
            var items = new RespValue[2 * Math.Min(count, sorted.Count)];
            for (int i = 0; i < items.Length; i += 2)
            {
                (double score, byte[] member) = sorted.PopMin();
                items[i] = RespValue.Bulk(member);
                items[i + 1] = Show(score);
            }

            if (sorted.Count == 0)
                database.Remove(key);
            return RespValue.Array(items);
        }
    }

    private static bool TryReadScore(byte[] text, out double score)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent;
        string written = Encoding.Latin1.GetString(text);
        double? infinite = written.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => null,
        };
        score = infinite ?? 0;
        return infinite is not null
            || (double.TryParse(written, style, CultureInfo.InvariantCulture, out score) && double.IsFinite(score));
    }

    private static RespValue Show(double score) => RespValue.Bulk(
        double.IsInfinity(score) ? (score > 0 ? "inf" : "-inf") : score.ToString("R", CultureInfo.InvariantCulture));
}
