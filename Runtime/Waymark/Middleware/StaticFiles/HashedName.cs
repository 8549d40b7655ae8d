namespace Waymark.Middleware;

/// <summary>Names that change with what is in the file, as bundlers make them.</summary>
internal static class HashedName
{
    private const int LengthMin = 8;
    private const int LengthMax = 64;

    /// <summary>True for <c>app.3fa9c21b.js</c> and <c>app-B4dGhP2x.css</c>.</summary>
    public static bool IsIn(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = path[(path.LastIndexOf('/') + 1)..];
        int dot = name.LastIndexOf('.');
        if (dot <= 0)
            return false;
        int start = name[..dot].LastIndexOfAny('-', '.') + 1;
        ReadOnlySpan<char> hash = name[start..dot];
        if (start == 0 || hash.Length is < LengthMin or > LengthMax)
            return false;
        bool hasDigit = false;
        bool hasLetter = false;
        foreach (char character in hash)
        {
            if (char.IsAsciiDigit(character))
                hasDigit = true;
            else if (char.IsAsciiLetter(character))
                hasLetter = true;
            else if (character != '_')
                return false;
        }

        return hasDigit && hasLetter;
    }
}
