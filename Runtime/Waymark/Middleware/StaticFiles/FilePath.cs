using System.Buffers;
using System.Text.Unicode;
using Waymark.Buffers;

namespace Waymark.Middleware;

/// <summary>Makes the path of a file out of the path of a request, or nothing.</summary>
/// <remarks>
/// Rules of this file:
/// <list type="bullet">
/// <item>Cut at slashes first, decode each segment once, and never again: <c>%2F</c> is no slash, <c>%252e</c> is the
/// name <c>%2e</c>.</item>
/// <item>What a segment may not be is decided on its decoded octets: empty, <c>.</c> or <c>..</c>; not UTF-8 (so no
/// overlong form of a dot or slash); with a slash, backslash or control character in it; a drive (<c>c:</c>). On
/// Windows also what its file systems read as something else: <c>a::$DATA</c>, <c>con</c>, a dot or space at the
/// end.</item>
/// <item>This is the first of two walls. The second is <see cref="ServedFolder"/>, which opens nothing outside of its
/// root, whatever the path.</item>
/// </list>
/// </remarks>
internal static class FilePath
{
    private const int BytesMax = 4000; // PATH_MAX is 4096; what an index file or a coding adds fits in.

    private static readonly SearchValues<byte> Barred = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(octet => (byte)octet), 0x7F, (byte)'/', (byte)'\\']);

    private static readonly SearchValues<byte> BarredOnWindows = SearchValues.Create(":*?\"<>|"u8);

    /// <summary>Reads the part of a path behind the prefix and its slash.</summary>
    /// <param name="raw">Empty for the root itself; a last slash is taken for no segment.</param>
    /// <param name="isDotServed">True where segments may begin with a dot.</param>
    /// <param name="path">At least as long as <paramref name="raw"/>: gets the segments, with slashes between.</param>
    /// <param name="length">How many bytes that are.</param>
    /// <returns>False where it names no file.</returns>
    public static bool TryRead(ReadOnlySpan<byte> raw, bool isDotServed, Span<byte> path, out int length)
    {
        length = 0;
        if (raw.Length > BytesMax)
            return false;
        if (raw.EndsWith("/"u8))
            raw = raw[..^1];
        else if (raw.IsEmpty)
            return true;
        while (true)
        {
            int slash = raw.IndexOf((byte)'/');
            int count = PercentDecoder.Decode(slash < 0 ? raw : raw[..slash], path[length..], isPlusSpace: false);
            if (!IsName(path.Slice(length, count), isDotServed))
                return false;
            length += count;
            if (slash < 0)
                return true;
            path[length++] = (byte)'/';
            raw = raw[(slash + 1)..];
        }
    }

    /// <summary>True for a path that needs no decoding and leads down.</summary>
    public static bool IsPlain(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return false;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(path);
        foreach (Range segment in ((ReadOnlySpan<byte>)bytes).Split((byte)'/'))
        {
            if (!IsName(bytes.AsSpan(segment), isDotServed: true))
                return false;
        }

        return true;
    }

    /// <summary>True where a decoded segment is the name of a file, and of nothing else.</summary>
    public static bool IsName(ReadOnlySpan<byte> name, bool isDotServed)
    {
        if (name.IsEmpty || name.ContainsAny(Barred) || !Utf8.IsValid(name))
            return false;
        if (name[0] == '.' && (!isDotServed || name.Length == 1 || name.SequenceEqual(".."u8)))
            return false;
        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter((char)name[0]))
            return false;
        return !OperatingSystem.IsWindows() || IsNameOnWindows(name);
    }

    /// <summary>False for what Windows takes for another file's stream, for another name, or for a device.</summary>
    public static bool IsNameOnWindows(ReadOnlySpan<byte> name)
    {
        if (name.ContainsAny(BarredOnWindows) || name[^1] is (byte)'.' or (byte)' ')
            return false;
        int dot = name.IndexOf((byte)'.');
        ReadOnlySpan<byte> stem = (dot < 0 ? name : name[..dot]).TrimEnd((byte)' ');
        return stem.Length switch
        {
            3 => !Ascii.EqualsIgnoreCase(stem, "con"u8) && !Ascii.EqualsIgnoreCase(stem, "prn"u8)
                && !Ascii.EqualsIgnoreCase(stem, "aux"u8) && !Ascii.EqualsIgnoreCase(stem, "nul"u8),

            // With a digit, or with one of the superscripts that Latin-1 has: U+00B9, U+00B2, U+00B3.
            4 or 5 => !(stem[3] is >= (byte)'0' and <= (byte)'9' or 0xC2
                && (Ascii.EqualsIgnoreCase(stem[..3], "com"u8) || Ascii.EqualsIgnoreCase(stem[..3], "lpt"u8))),
            _ => !Ascii.EqualsIgnoreCase(stem, "conin$"u8) && !Ascii.EqualsIgnoreCase(stem, "conout$"u8),
        };
    }
}
