namespace Waymark.Generator.Templates.Languages;

/// <summary>Reads what a backslash begins, inside and outside of classes.</summary>
internal static class RegexEscapes
{
    /// <summary>The set of scalar values that the escape stands for; null after a mistake.</summary>
    public static ScalarSet? Read(RegexCursor cursor)
    {
        int start = cursor.Position++;
        if (cursor.AtEnd)
        {
            return cursor.Fail<ScalarSet>(
                start, 1, "The pattern ends in '\\', which escapes nothing: write '\\\\' for the character itself.");
        }

        char kind = cursor.Current;
        switch (kind)
        {
            case 'd': return Take(cursor, ScalarSet.Digits);
            case 'D': return Take(cursor, ScalarSet.Digits.Complement());
            case 'w': return Take(cursor, ScalarSet.WordCharacters);
            case 'W': return Take(cursor, ScalarSet.WordCharacters.Complement());
            case 's': return Take(cursor, ScalarSet.Spaces);
            case 'S': return Take(cursor, ScalarSet.Spaces.Complement());
            case 'n': return Take(cursor, One('\n'));
            case 'r': return Take(cursor, One('\r'));
            case 't': return Take(cursor, One('\t'));
            case 'x': return ReadCode(cursor, start, 2);
            case 'u': return ReadCode(cursor, start, 4);
        }

        // Letters and digits are kept for what an escape may come to mean; of everything else only ASCII needs one.
        if (kind is > ' ' and < (char)0x7F && !char.IsLetterOrDigit(kind))
            return Take(cursor, One(kind));
        return cursor.Fail<ScalarSet>(start, 2, MistakeOf(kind));
    }

    private static ScalarSet One(int scalar) => ScalarSet.Of([(scalar, scalar)]);

    private static ScalarSet Take(RegexCursor cursor, ScalarSet set)
    {
        cursor.Position++;
        return set;
    }

    private static ScalarSet? ReadCode(RegexCursor cursor, int start, int digitCount)
    {
        char kind = cursor.Current;
        int code = CodeAt(cursor, cursor.Position + 1, digitCount);
        cursor.Position += 1 + digitCount;
        // A character beyond U+FFFF is written as C# writes it, in two halves.
        if (code is >= 0xD800 and <= 0xDBFF && cursor.IsAt('\\') && cursor.IsAt(1, 'u') &&
            CodeAt(cursor, cursor.Position + 2, 4) is >= 0xDC00 and <= 0xDFFF and var low)
        {
            cursor.Position += 6;
            return One(char.ConvertToUtf32((char)code, (char)low));
        }

        if (code is >= 0xD800 and <= 0xDFFF)
        {
            return cursor.Fail<ScalarSet>(
                start, 6,
                $"'{cursor.Written(start, start + 6)}' is half of a surrogate pair, which no UTF-8 text holds: write " +
                "both halves, as in '\\uD83D\\uDE00'.");
        }

        if (code >= 0)
            return One(code);
        string example = kind == 'x' ? "\\x2F" : "\\u00E9";
        return cursor.Fail<ScalarSet>(
            start, 2, $"'\\{kind}' takes exactly {digitCount} hexadecimal digits, as in '{example}'.");
    }

    /// <summary>-1 where the digits are not all there.</summary>
    private static int CodeAt(RegexCursor cursor, int position, int digitCount)
    {
        int code = 0;
        for (int index = position; index < position + digitCount; index++)
        {
            int digit = index < cursor.Text.Length ? HexadecimalDigit(cursor.Text[index]) : -1;
            if (digit < 0)
                return -1;
            code = code << 4 | digit;
        }

        return code;
    }

    private static int HexadecimalDigit(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };

    private static string MistakeOf(char kind) => kind switch
    {
        (>= '0' and <= '9') or 'k' =>
            $"'\\{kind}' is a backreference, and what it matches is not regular: write out what may stand there, or " +
            "use a [Constraint] method of your own.",
        'b' or 'B' =>
            $"'\\{kind}' tests a word boundary without reading, which is not supported: write what the value itself " +
            "holds.",
        'A' or 'Z' or 'z' or 'G' =>
            $"The anchor '\\{kind}' is not needed: the pattern always matches the whole value. Remove it.",
        'p' or 'P' =>
            $"'\\{kind}' is a Unicode category, whose members change with the version of Unicode: write the ranges, " +
            "as in '[a-zà-ÿ]'.",
        _ =>
            $"'\\{kind}' is not a known escape: known are \\d \\w \\s \\D \\W \\S \\n \\r \\t \\xHH \\uHHHH and a " +
            "backslash before punctuation. Drop the backslash for the character itself.",
    };
}
