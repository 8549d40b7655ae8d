using System.Net;
using System.Text;

namespace Waymark.Middleware;

/// <summary>The page of what is in a folder: what is served of it, and nothing else.</summary>
/// <remarks>
/// Names come from whoever writes into the folder. Text is escaped for HTML; a link begins with <c>./</c> and is
/// percent-encoded, so that no name can be a scheme (<c>javascript:</c>), another host or markup. The page runs no
/// script, whatever it says.
/// </remarks>
internal static class FolderListing
{
    private const int EntriesMax = 2000;
    private const int NameBytesMax = 1024; // A name has 255 bytes on most file systems.

    /// <summary>Answers with the page.</summary>
    public static void Write(Exchange exchange, in Found found, ServedFolder folder, bool servesDotFiles)
    {
        var names = new List<(string Name, bool IsFolder)>();
        bool isCut = !TryGather(names, found, folder, servesDotFiles);
        names.Sort(static (left, right) => left.IsFolder != right.IsFolder
            ? right.IsFolder.CompareTo(left.IsFolder)
            : string.CompareOrdinal(left.Name, right.Name));
        found.Entry.Dispose();

        string title = WebUtility.HtmlEncode(exchange.Request.Path);
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>")
            .Append(title).Append("</title></head>\n<body>\n<h1>").Append(title).Append("</h1>\n<ul>\n");
        foreach ((string name, bool isFolder) in names)
        {
            string slash = isFolder ? "/" : "";
            page.Append("<li><a href=\"./").Append(Uri.EscapeDataString(name)).Append(slash).Append("\">")
                .Append(WebUtility.HtmlEncode(name)).Append(slash).Append("</a></li>\n");
        }

        page.Append("</ul>\n").Append(isCut ? "<p>There is more.</p>\n" : "").Append("</body>\n</html>\n");
        Response response = exchange.Response;
        response.SetContentType("text/html; charset=utf-8"u8);
        response.Headers.Set("Content-Security-Policy"u8, "default-src 'none'"u8);
        response.Headers.Set("Cache-Control"u8, "no-cache"u8);
        response.Write(page.ToString());
    }

    /// <summary>Finds the names; false where there are too many of them.</summary>
    private static bool TryGather(
        List<(string Name, bool IsFolder)> names, in Found found, ServedFolder folder, bool servesDotFiles)
    {
        Span<byte> path = new byte[found.Length + 1 + NameBytesMax + ServedFolder.EndBytes];
        found.Path[..found.Length].CopyTo(path);
        int start = found.Length;
        if (start > 0)
            path[start++] = (byte)'/';
        var all = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 };
        foreach (string entry in Directory.EnumerateFileSystemEntries(found.Entry.FolderPath!, "*", all))
        {
            string name = Path.GetFileName(entry);
            if (!Encoding.UTF8.TryGetBytes(name, path.Slice(start, NameBytesMax), out int length)
                || !FilePath.IsName(path.Slice(start, length), servesDotFiles))
            {
                continue;
            }

            // Opened, since only that tells what a link leads to, and whether it may be read.
            using FolderEntry opened = folder.Open(path, start + length);
            if (opened.File is null && opened.FolderPath is null)
                continue;
            if (names.Count == EntriesMax)
                return false;
            names.Add((name, opened.FolderPath is not null));
        }

        return true;
    }
}
