using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark;

/// <content>What goes over data connections: listings and files.</content>
internal sealed partial class Ftp
{
    private static readonly TimeSpan AcceptTimeout = TimeSpan.FromSeconds(15);

    [Command("PASV")]
    private static string Passive(Session session)
    {
        if (!session.IsLoggedIn)
            return NotLoggedIn;
        if (session.IsExtendedOnly)
            return "503 Only EPSV since EPSV ALL.";
        if (session.Listen() is not { AddressFamily: AddressFamily.InterNetwork } at)
            return "425 Use EPSV.";
        byte[] address = at.Address.GetAddressBytes();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"227 Entering Passive Mode ({string.Join(',', address)},{at.Port >> 8},{at.Port & 255}).");
    }

    /// <summary>RFC 2428 section 3: 1 asks for IPv4, 2 for IPv6, nothing for that of the control connection.</summary>
    [Command("EPSV :family?")]
    private static string ExtendedPassive(string? family, Session session)
    {
        if (!session.IsLoggedIn)
            return NotLoggedIn;
        if (string.Equals(family, "ALL", StringComparison.OrdinalIgnoreCase))
        {
            session.IsExtendedOnly = true;
            return "200 Only EPSV from now on.";
        }

        if (session.Listen() is not { } at)
            return "425 There is no port to connect to here.";
        string own = at.AddressFamily == AddressFamily.InterNetwork ? "1" : "2";
        return family is null || family == own
            ? string.Create(CultureInfo.InvariantCulture, $"229 Entering Extended Passive Mode (|||{at.Port}|)")
            : $"522 Another network protocol, use ({own})";
    }

    [Command("LIST *path?")]
    private IAsyncEnumerable<string> ListAsync(string? path, Session session, CancellationToken stop) =>
        ShowAsync(path, session, static entry => Listing.Format(entry, TimeProvider.System.GetUtcNow()), stop);

    [Command("NLST *path?")]
    private IAsyncEnumerable<string> ListNamesAsync(string? path, Session session, CancellationToken stop) =>
        ShowAsync(path, session, static entry => entry.Name, stop);

    [Command("RETR *path")]
    private async IAsyncEnumerable<string> RetrieveAsync(
        string path, Session session, [EnumeratorCancellation] CancellationToken stop)
    {
        Stream? file = null;
        string opened = DoWithData(session, path, (located, _) =>
        {
            file = new FileStream(Existing(located).FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return "150 Here it comes.";
        });
        await using (file)
        {
            yield return opened;
            if (file is not null)
            {
                yield return await ConnectAsync(
                    session, data => Transfer.SendAsync(file, data, session.IsText, stop), stop);
            }
        }
    }

    /// <summary>The file is there when all of it has come, and not before.</summary>
    [Command("STOR *path")]
    private async IAsyncEnumerable<string> StoreAsync(
        string path, Session session, [EnumeratorCancellation] CancellationToken stop)
    {
        Upload? upload = null;
        string opened = DoWithData(session, path, (located, _) =>
        {
            upload = new Upload(located);
            return "150 Send it.";
        });
        await using (upload)
        {
            yield return opened;
            if (upload is not null)
                yield return await ConnectAsync(session, data => ReceiveAsync(upload, data, session, stop), stop);
        }
    }

    private static async Task ReceiveAsync(Upload upload, Socket data, Session session, CancellationToken stop)
    {
        // Whatever the client is told of the outcome is so by then.
        await using (upload)
        {
            await Transfer.ReceiveAsync(data, upload.Stream, session.IsText, stop);
            await upload.CommitAsync();
        }
    }

    private async IAsyncEnumerable<string> ShowAsync(
        string? path, Session session, Func<FileSystemInfo, string> format,
        [EnumeratorCancellation] CancellationToken stop)
    {
        // Options of ls, which many clients send, are not looked at.
        string asked = string.Join(' ', (path ?? "").Split(' ').SkipWhile(word => word.StartsWith('-')));
        MemoryStream? listing = null;
        string opened = DoWithData(session, asked, (located, _) =>
        {
            IEnumerable<FileSystemInfo> entries = File.Exists(located)
                ? [new FileInfo(located)] : FtpFolder.List(located);
            listing = new MemoryStream(
                Encoding.UTF8.GetBytes(string.Concat(entries.Select(entry => format(entry) + "\r\n"))));
            return "150 Here it comes.";
        });
        yield return opened;
        if (listing is not null)
        {
            yield return await ConnectAsync(
                session, data => Transfer.SendAsync(listing, data, isText: false, stop), stop);
        }
    }

    private string DoWithData(Session session, string path, Func<string, string, string> action) =>
        session is { IsLoggedIn: true, Data: null } ? "425 Use PASV or EPSV first." : Do(session, path, action);

    /// <summary>Waits for the data connection and moves something over it.</summary>
    private static async Task<string> ConnectAsync(Session session, Func<Socket, Task> move, CancellationToken stop)
    {
        using DataListener listener = session.TakeData()!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(AcceptTimeout);
        Socket data;
        try
        {
            data = await listener.AcceptAsync(timeout.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return "425 Nobody connected for the data.";
        }

        using (data)
        {
            try
            {
                await move(data);
                return "226 Done.";
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException
                && !stop.IsCancellationRequested)
            {
                data.Close(0); // A reset, so that the other end does not take what it has for all.
                return "426 The data connection broke.";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                data.Close(0);
                return "451 The disk failed.";
            }
        }
    }
}
