namespace Waymark.Generator.Templates.Languages;

/// <summary>Reads what may follow an atom: one quantifier.</summary>
internal static class RegexQuantifiers
{
    /// <summary>The atom, repeated where a quantifier follows; null after a mistake.</summary>
    public static RegexNode? Read(RegexCursor cursor, RegexNode atom)
    {
        if (cursor.AtEnd)
            return atom;
        int start = cursor.Position;
        RegexNode? repeat;
        switch (cursor.Current)
        {
            case '*':
                repeat = new RegexNode.Repeat(atom, 0, null);
                cursor.Position++;
                break;
            case '+':
                repeat = new RegexNode.Repeat(atom, 1, null);
                cursor.Position++;
                break;
            case '?':
                repeat = new RegexNode.Repeat(atom, 0, 1);
                cursor.Position++;
                break;
            case '{':
                repeat = ReadCounts(cursor, atom);
                break;
            default:
                return atom;
        }

        return repeat is null ? null : CheckNext(cursor, start, repeat);
    }

    private static RegexNode? ReadCounts(RegexCursor cursor, RegexNode atom)
    {
        int start = cursor.Position++;
        int min = ReadCount(cursor);
        int? max = min;
        if (min >= 0 && cursor.TryTake(','))
            max = cursor.IsAt('}') ? null : ReadCount(cursor);
        if (min < 0 || max < 0 || !cursor.TryTake('}'))
        {
            return cursor.Fail<RegexNode>(
                start, 1,
                "This '{' begins no quantifier: write {n}, {n,} or {n,m} in digits, or '\\{' for the character " +
                "itself.");
        }

        string written = cursor.Written(start, cursor.Position);
        if (min > max)
        {
            return cursor.Fail<RegexNode>(
                start, written.Length,
                $"The quantifier '{written}' ends before it begins: write '{{{max},{min}}}'.");
        }

        if (Math.Max(min, max ?? 0) > RegexReader.RepetitionsMax)
        {
            return cursor.Fail<RegexNode>(
                start, written.Length,
                $"The quantifier '{written}' repeats more than {RegexReader.RepetitionsMax} times, which is the " +
                "limit: repeat less often, or leave the end open as in '+'.");
        }

        return new RegexNode.Repeat(atom, min, max);
    }

    /// <summary>-1 where no digit stands; counts beyond every limit stay at one of them.</summary>
    private static int ReadCount(RegexCursor cursor)
    {
        int count = -1;
        while (!cursor.AtEnd && cursor.Current is >= '0' and <= '9')
            count = Math.Min(Math.Max(count, 0) * 10 + (cursor.Text[cursor.Position++] - '0'), 1_000_000);
        return count;
    }

    private static RegexNode? CheckNext(RegexCursor cursor, int start, RegexNode repeat)
    {
        if (cursor.AtEnd || cursor.Current is not ('*' or '+' or '?' or '{'))
            return repeat;
        int length = cursor.Position + 1 - start;
        string written = cursor.Written(start, start + length);
        string first = cursor.Written(start, cursor.Position);
        return cursor.Fail<RegexNode>(start, length, cursor.Current switch
        {
            '?' => $"'{written}' is a lazy quantifier, which says how to search; the whole value matches or does " +
                $"not: write '{first}'.",
            '+' => $"'{written}' is a possessive quantifier, which says how to search; the whole value matches or " +
                $"does not: write '{first}'.",
            _ => $"Two quantifiers follow each other in '{written}': keep one, or put what repeats in a group, as in " +
                "'(?:a{2})*'.",
        });
    }
}
