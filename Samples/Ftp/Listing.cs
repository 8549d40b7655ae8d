using System.Globalization;

/// <summary>How entries of a folder are shown: as ls -l does, which is what clients read.</summary>
internal static class Listing
{
    private static readonly TimeSpan HalfYear = TimeSpan.FromDays(182);

    public static string Format(FileSystemInfo entry, DateTimeOffset now)
    {
        bool isFolder = entry is DirectoryInfo;
        DateTime changed = entry.LastWriteTimeUtc;
        string format = now.UtcDateTime - changed < HalfYear ? "MMM dd HH:mm" : "MMM dd  yyyy";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(isFolder ? "drwxr-xr-x" : "-rw-r--r--")} 1 ftp ftp {(entry as FileInfo)?.Length ?? 4096,12} ")
            + changed.ToString(format, CultureInfo.InvariantCulture) + " " + entry.Name;
    }

    /// <summary>A time as RFC 3659 section 2.3 writes it.</summary>
    public static string Format(DateTime time) => time.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
