using Waymark;

/// <summary>The commands of the control connection (RFC 959), as far as clients of today need them.</summary>
internal sealed partial class Ftp(FtpFolder folder, Users users) : CommandHandler<string, Session>
{
    private const string NotLoggedIn = "530 Log in with USER and PASS.";

    protected override TimeSpan IdleTimeout => TimeSpan.FromMinutes(5);

    [Command("USER :name")]
    private static string User(string name, Session session)
    {
        session.IsLoggedIn = false;
        session.User = name;
        return "331 Your password, please.";
    }

    [Command("PASS *password?")]
    private string Password(string? password, Session session)
    {
        if (session.User is null)
            return "503 USER comes first.";
        session.IsLoggedIn = users.MayEnter(session.User, password ?? "");
        if (session.IsLoggedIn)
            return "230 Welcome.";
        session.User = null;
        return "530 Login incorrect.";
    }

    [Command("NOOP")]
    private static string NoOperation() => "200 Okay.";

    [Command("SYST")]
    private static string SystemType() => "215 UNIX Type: L8";

    [Command("FEAT")]
    private static IEnumerable<string> Features() =>
        ["211-Features:", " EPSV", " MDTM", " SIZE", " TVFS", " UTF8", "211 End"];

    [Command("OPTS UTF8 ON")]
    private static string UseUtf8() => "200 Names are UTF-8, always.";

    [Command("HELP *command?")]
    private IEnumerable<string> Help(string? command)
    {
        _ = command;
        IEnumerable<string> names = Commands.Select(known => known.Template.Split(' ')[0])
            .Distinct().Order(StringComparer.Ordinal);
        IEnumerable<string> rows = names.Chunk(8).Select(row => " " + string.Join(' ', row));
        return ["214-These commands are known:", .. rows, "214 End"];
    }

    [Command("TYPE :type *form?")]
    private static string SetType(string type, string? form, Session session)
    {
        switch (type.ToUpperInvariant(), form?.ToUpperInvariant())
        {
            case ("A", null or "N"):
                session.IsText = true;
                return "200 Lines end with CR LF.";
            case ("I", null) or ("L", "8"):
                session.IsText = false;
                return "200 Octets stay as they are.";
            default:
                return "504 Only TYPE A and TYPE I.";
        }
    }

    [Command("MODE :mode")]
    private static string Mode(string mode) =>
        mode is "S" or "s" ? "200 Stream." : "504 Only MODE S.";

    [Command("STRU :structure")]
    private static string Structure(string structure) =>
        structure is "F" or "f" ? "200 File." : "504 Only STRU F.";

    [Command("PORT :address")]
    [Command("EPRT :address")]
    private static string Active(string address)
    {
        _ = address;
        return "502 The server connects to nobody: use PASV or EPSV.";
    }

    [Command("QUIT")]
    private static async ValueTask QuitAsync(StreamClient<CommandLine, string, Session> client, CancellationToken stop)
    {
        await client.SendAsync("221 Goodbye.", stop);
        await client.CloseAsync();
    }

    protected override Session CreateState(ConnectionInfo connection) => new(connection);

    protected override string Reject(CommandRejection rejection) =>
        (rejection.Kind is CommandRejectionKind.Arguments or CommandRejectionKind.Value ? "501 " : "500 ")
        + rejection.Message;

    protected override async ValueTask OnConnectedAsync(
        StreamClient<CommandLine, string, Session> client, CancellationToken stop) =>
        await client.SendAsync("220 Waymark FTP.", stop);

    protected override async ValueTask OnDisconnectedAsync(
        StreamClient<CommandLine, string, Session> client, DisconnectReason reason)
    {
        if (!client.IsClosing && reason is DisconnectReason.Stopping or DisconnectReason.TimedOut)
            await client.SendAsync("421 The control connection is closed.");
    }
}
