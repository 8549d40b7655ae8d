namespace Waymark.Generator.Templates.Languages;

/// <summary>Reads what may follow the '(' of a group: nothing or "?:".</summary>
internal static class RegexGroups
{
    /// <summary>False after a mistake.</summary>
    public static bool ReadOpening(RegexCursor cursor, int open)
    {
        if (!cursor.IsAt('?'))
            return true;
        if (cursor.IsAt(1, ':'))
        {
            cursor.Position += 2;
            return true;
        }

        bool isBehind = cursor.IsAt(1, '<') && (cursor.IsAt(2, '=') || cursor.IsAt(2, '!'));
        int length = isBehind ? 4 : cursor.IsAt(1, 'P') ? 4 : 3;
        string written = cursor.Written(open, open + length);
        cursor.Fail(open, length, MistakeOf(cursor, isBehind, written));
        return false;
    }

    private static string MistakeOf(RegexCursor cursor, bool isBehind, string written)
    {
        if (isBehind || cursor.IsAt(1, '=') || cursor.IsAt(1, '!'))
        {
            return $"'{written}' looks around without reading, which is not supported: write what the value itself " +
                "holds, or use a second constraint beside this one; all of them must hold.";
        }

        if (cursor.IsAt(1, '<') || cursor.IsAt(1, 'P') || cursor.IsAt(1, '\''))
            return $"'{written}' names a group, and a constraint has no use for names: write '(…)'.";
        if (cursor.IsAt(1, '>'))
        {
            return $"'{written}' is an atomic group, which says how to search; the whole value matches or does not: " +
                "write '(…)'.";
        }

        return $"'{written}' begins an option, a condition or a comment, which is not supported: write '(…)' or " +
            "'(?:…)', and both cases as in '[Aa]' where case does not count.";
    }
}
