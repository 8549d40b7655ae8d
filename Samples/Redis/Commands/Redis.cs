using System.Globalization;
using Waymark;

/// <summary>The commands of Redis, a family a file, over one database for all clients.</summary>
internal sealed partial class Redis(Database database) : CommandHandler<RespValue, Session>
{
    [Command("PING")]
    private static RespValue Ping() => RespValue.Simple("PONG");

    [Command("PING :message")]
    [Command("ECHO :message")]
    private static RespValue Echo(byte[] message) => RespValue.Bulk(message);

    [Command("QUIT")]
    private static async ValueTask QuitAsync(
        StreamClient<CommandLine, RespValue, Session> client, CancellationToken stop)
    {
        await client.SendAsync(RespValue.Ok, stop);
        await client.CloseAsync();
    }

    [Command("SELECT :index")]
    private static RespValue Select(int index) =>
        index == 0 ? RespValue.Ok : RespValue.Error("ERR DB index is out of range");

    /// <summary>What a client that would like another version of the protocol gets: this one or none.</summary>
    [Command("HELLO")]
    private static RespValue Hello(Session session) => Introduce(session);

    [Command("HELLO :version *options?")]
    private static RespValue Hello(string version, string[] options, Session session)
    {
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return RespValue.Error("ERR Protocol version is not an integer or out of range");
        if (number != 2)
            return RespValue.Error("NOPROTO unsupported protocol version");
        return options.Length == 0 ? Introduce(session) : RespValue.Error("ERR HELLO takes no options here");
    }

    [Command("CLIENT ID")]
    private static RespValue ClientId(Session session) => RespValue.Integer(session.Id);

    [Command("CLIENT GETNAME")]
    private static RespValue ClientName(Session session) => RespValue.Bulk(session.Name);

    [Command("CLIENT SETNAME :name")]
    private static RespValue SetClientName(string name, Session session)
    {
        if (name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return RespValue.Error(
                "ERR Client names cannot contain spaces, newlines or special characters.");
        }

        session.Name = name;
        return RespValue.Ok;
    }

    /// <summary>Libraries tell their name and version.</summary>
    [Command("CLIENT SETINFO :attribute :value")]
    private static RespValue SetClientInfo(string attribute, string value)
    {
        _ = value;
        return attribute.ToUpperInvariant() is "LIB-NAME" or "LIB-VER"
            ? RespValue.Ok : RespValue.Error($"ERR Unrecognized option '{attribute}'");
    }

    protected override Session CreateState(ConnectionInfo connection) => new(connection.Id);

    protected override RespValue Reject(CommandRejection rejection) => rejection.Kind switch
    {
        CommandRejectionKind.Arguments => RespValue.Error(
            $"ERR wrong number of arguments for '{rejection.Command.ToLowerInvariant()}' command"),
        CommandRejectionKind.Value => RespValue.NotInteger,
        _ => RespValue.Error(
            $"ERR {char.ToLowerInvariant(rejection.Message[0])}{rejection.Message.AsSpan(1).TrimEnd('.')}"),
    };

    /// <summary>Who breaks the protocol is told so before the connection is closed.</summary>
    protected override async ValueTask OnDisconnectedAsync(
        StreamClient<CommandLine, RespValue, Session> client, DisconnectReason reason)
    {
        if (reason == DisconnectReason.ProtocolError && !client.IsClosing)
            await client.SendAsync(RespValue.Error("ERR Protocol error: " + client.Failure!.Message));
    }

    private static RespValue Introduce(Session session) => RespValue.Array(
    [
        RespValue.Bulk("server"), RespValue.Bulk("redis"),
        RespValue.Bulk("version"), RespValue.Bulk(Version),
        RespValue.Bulk("proto"), RespValue.Integer(2),
        RespValue.Bulk("id"), RespValue.Integer(session.Id),
        RespValue.Bulk("mode"), RespValue.Bulk("standalone"),
        RespValue.Bulk("role"), RespValue.Bulk("master"),
        RespValue.Bulk("modules"), RespValue.Empty,
    ]);
}

/// <summary>What a client has said of itself.</summary>
internal sealed class Session(long id)
{
    public long Id { get; } = id;

    public string Name { get; set; } = "";
}
