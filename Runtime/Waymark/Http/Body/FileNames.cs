using System.Text;

namespace Waymark.Http.Body;

/// <summary>Names that are safe as the last part of a path on every file system.</summary>
internal static class FileNames
{
    private const int BytesMax = 200;
    private const string Fallback = "file";

    /// <summary>The last part of a client's file name, with <c>_</c> for what is not safe.</summary>
    public static string MakeSafe(string? fileName)
    {
        if (fileName is null)
            return Fallback;
        // Both kinds of slashes and the colon of a drive or stream end a directory, wherever this runs.
        string last = fileName[(fileName.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        var safe = new StringBuilder(last.Length);
        int bytes = 0;
        foreach (Rune rune in last.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > BytesMax)
                break;
            // Controls, and characters that turn the order of text round and so hide an extension.
            bool isUnsafe = Rune.IsControl(rune) || rune.Value is '<' or '>' or '"' or '|' or '?' or '*'
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            safe.Append(isUnsafe ? "_" : rune.ToString());
        }

        // A leading dot hides a file, trailing dots and blanks are dropped by Windows.
        string name = safe.ToString().Trim(' ').TrimStart('.').TrimEnd('.', ' ').TrimStart(' ');
        return name.Length == 0 ? Fallback : IsDevice(name) ? "_" + name : name;
    }

    /// <summary>Names that Windows gives to devices, with any extension.</summary>
    private static bool IsDevice(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && stem[3] is >= '0' and <= '9');
    }
}
