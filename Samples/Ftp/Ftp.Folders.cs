using System.Globalization;
using Waymark;

/// <content>Files and folders, but for what is in them.</content>
internal sealed partial class Ftp
{
    [Command("PWD")]
    [Command("XPWD")]
    private static string Where(Session session) =>
        session.IsLoggedIn ? $"257 {Quote(session.Folder)} is where you are." : NotLoggedIn;

    [Command("CWD *path")]
    private string Go(string path, Session session) => Do(session, path, (located, resolved) =>
    {
        if (!Directory.Exists(located))
            throw new DirectoryNotFoundException();
        session.Folder = resolved;
        return $"250 Now in {Quote(resolved)}.";
    });

    [Command("CDUP")]
    private string GoUp(Session session) => Go("..", session);

    [Command("MKD *path")]
    private string MakeFolder(string path, Session session) => Do(session, path, (located, resolved) =>
    {
        if (Path.Exists(located))
            throw new IOException();
        Directory.CreateDirectory(located);
        return $"257 {Quote(resolved)} is there.";
    });

    [Command("RMD *path")]
    private string RemoveFolder(string path, Session session) => Do(session, path, static (located, resolved) =>
    {
        if (resolved == "/")
            throw new IOException();
        Directory.Delete(located);
        return "250 The folder is gone.";
    });

    [Command("DELE *path")]
    private string Delete(string path, Session session) => Do(session, path, static (located, _) =>
    {
        if (!File.Exists(located))
            throw new FileNotFoundException();
        File.Delete(located);
        return "250 The file is gone.";
    });

    [Command("RNFR *path")]
    private string RenameFrom(string path, Session session) => Do(session, path, (located, resolved) =>
    {
        if (resolved == "/" || !Path.Exists(located))
            throw new FileNotFoundException();
        session.RenameFrom = located;
        return "350 RNTO says the new name.";
    });

    [Command("RNTO *path")]
    private string RenameTo(string path, Session session) => Do(session, path, (located, _) =>
    {
        if (session.RenameFrom is not { } from)
            return "503 RNFR comes first.";
        session.RenameFrom = null;
        if (Directory.Exists(from))
            Directory.Move(from, located);
        else
            File.Move(from, located, overwrite: true);
        return "250 Renamed.";
    });

    /// <summary>RFC 3659 section 4: the number of octets of a transfer, which in text is not known before.</summary>
    [Command("SIZE *path")]
    private string Size(string path, Session session) => Do(session, path, (located, _) => session.IsText
        ? "550 Not in TYPE A: say TYPE I."
        : string.Create(CultureInfo.InvariantCulture, $"213 {Existing(located).Length}"));

    [Command("MDTM *path")]
    private string Changed(string path, Session session) => Do(
        session, path, static (located, _) => "213 " + Listing.Format(Existing(located).LastWriteTimeUtc));

    private static FileInfo Existing(string located) =>
        new FileInfo(located) is { Exists: true } file ? file : throw new FileNotFoundException();

    /// <summary>Does something to a place on the disk, and tells what became of it.</summary>
    private string Do(Session session, string path, Func<string, string, string> action)
    {
        if (!session.IsLoggedIn)
            return NotLoggedIn;
        string resolved = FtpFolder.Resolve(session.Folder, path);
        try
        {
            return action(folder.Locate(resolved), resolved);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Explain(e, resolved);
        }
    }

    /// <summary>What a client is told of a failure: nothing of the disk.</summary>
    private static string Explain(Exception failure, string resolved) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"550 {Quote(resolved)} is not there.",
        UnauthorizedAccessException => $"550 {Quote(resolved)} is not allowed.",
        _ => $"550 That cannot be done with {Quote(resolved)}.",
    };

    /// <summary>RFC 959 appendix II: quotes in a name are doubled.</summary>
    private static string Quote(string path) => $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
