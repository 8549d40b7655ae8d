namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Reads a class: <c>[a-z_]</c>, <c>[^/]</c>, <c>[\d.-]</c>. A '-' is itself where it stands first or last.
/// </summary>
internal static class RegexClasses
{
    /// <summary>The set of scalar values; null after a mistake.</summary>
    public static ScalarSet? Read(RegexCursor cursor)
    {
        int open = cursor.Position++;
        bool isNegated = cursor.TryTake('^');
        if (cursor.IsAt(']'))
        {
            return cursor.Fail<ScalarSet>(
                open, cursor.Position + 1 - open,
                $"The class '{cursor.Written(open, cursor.Position + 1)}' is empty: name its characters; '\\]' is " +
                "the character ']' itself.");
        }

        var ranges = new List<(int First, int Last)>();
        while (!cursor.AtEnd && !cursor.IsAt(']'))
        {
            if (!ReadItem(cursor, ranges))
                return null;
        }

        if (!cursor.TryTake(']'))
        {
            return cursor.Fail<ScalarSet>(
                open, 1, "The class is not closed: add its ']', or write '\\[' for the character itself.");
        }

        ScalarSet set = ScalarSet.Of(ranges);
        set = isNegated ? set.Complement() : set;
        return set.Ranges.Count > 0
            ? set
            : cursor.Fail<ScalarSet>(
                open, cursor.Position - open,
                $"The class '{cursor.Written(open, cursor.Position)}' leaves no character: name at least one.");
    }

    private static bool ReadItem(RegexCursor cursor, List<(int First, int Last)> ranges)
    {
        int start = cursor.Position;
        if (cursor.IsAt('[') && (cursor.IsAt(1, ':') || cursor.IsAt(1, '=') || cursor.IsAt(1, '.')))
        {
            cursor.Fail(
                start, 2,
                $"'{cursor.Written(start, start + 2)}' begins a POSIX class, which is not supported: write its " +
                "ranges, as in '[A-Za-z]'; '\\[' is the character '[' itself.");
            return false;
        }

        if (cursor.IsAt('-') && cursor.IsAt(1, '[') && ranges.Count > 0)
        {
            cursor.Fail(
                start, 2,
                "'-[' subtracts a class, which is not supported: write the ranges that remain; '\\-' is the " +
                "character '-' itself.");
            return false;
        }

        ScalarSet? first = ReadOne(cursor);
        if (first is null)
            return false;
        if (!cursor.IsAt('-') || cursor.IsAt(1, ']') || cursor.IsAt(1, '[') ||
            cursor.Position + 1 == cursor.Text.Length)
        {
            ranges.AddRange(first.Ranges);
            return true;
        }

        cursor.Position++;
        ScalarSet? last = ReadOne(cursor);
        return last is not null && AddRange(cursor, start, first, last, ranges);
    }

    private static ScalarSet? ReadOne(RegexCursor cursor)
    {
        if (cursor.IsAt('\\'))
            return RegexEscapes.Read(cursor);
        int scalar = cursor.ReadScalar();
        return scalar < 0 ? null : ScalarSet.Of([(scalar, scalar)]);
    }

    private static bool AddRange(
        RegexCursor cursor, int start, ScalarSet first, ScalarSet last, List<(int First, int Last)> ranges)
    {
        string written = cursor.Written(start, cursor.Position);
        if (!IsSingle(first) || !IsSingle(last))
        {
            cursor.Fail(
                start, written.Length,
                $"The range '{written}' begins or ends with a set, not with a character: write '\\-' for the " +
                "character '-' itself.");
            return false;
        }

        if (first.Ranges[0].First > last.Ranges[0].First)
        {
            cursor.Fail(
                start, written.Length,
                $"The range '{written}' ends before it begins: swap its ends, or write '\\-' for the character '-' " +
                "itself.");
            return false;
        }

        ranges.Add((first.Ranges[0].First, last.Ranges[0].First));
        return true;
    }

    private static bool IsSingle(ScalarSet set) => set.Ranges.Count == 1 && set.Ranges[0].First == set.Ranges[0].Last;
}
