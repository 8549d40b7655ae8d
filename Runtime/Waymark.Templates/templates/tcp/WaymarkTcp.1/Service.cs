using Waymark;

namespace WaymarkTcp._1;

/// <summary>Counts and sends back the lines of each client, and closes after "quit".</summary>
internal sealed class Service : StreamHandler<string, string, Session>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Makes a server that listens nowhere yet.</summary>
    public static TcpServer Create() => TcpServer.Create(new LineProtocol(), new Service());

    protected override Session CreateState(ConnectionInfo connection) => new();

    // Called again and again. A client that leaves, or is silent for too long, ends it by an exception: let it pass.
    protected override async ValueTask HandleAsync(
        StreamClient<string, string, Session> client, CancellationToken stop)
    {
        string line = await client.ReceiveAsync(Patience, stop);
        if (line == "quit")
        {
            await client.SendAsync("Bye.", stop);
            await client.CloseAsync();
            return;
        }

        client.State.Lines++;
        await client.SendAsync($"{client.State.Lines}: {line}", stop);
    }
}

/// <summary>What belongs to one client.</summary>
internal sealed class Session
{
    public int Lines { get; set; }
}
