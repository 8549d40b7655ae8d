using System.Net;
using Waymark;

/// <summary>What the server knows of a client.</summary>
internal sealed class Session(ConnectionInfo connection) : IDisposable
{
    /// <summary>Who the client says it is; the password may be still to come.</summary>
    public string? User { get; set; }

    public bool IsLoggedIn { get; set; }

    /// <summary>Where it is.</summary>
    public string Folder { get; set; } = "/";

    /// <summary>What RNTO will rename: a place on the disk.</summary>
    public string? RenameFrom { get; set; }

    /// <summary>TYPE A, which is what a session begins with (RFC 959 section 5.1): lines end with CR LF on the
    /// way.</summary>
    public bool IsText { get; set; } = true;

    /// <summary>EPSV ALL: nothing but EPSV opens data connections from now on (RFC 2428 section 4).</summary>
    public bool IsExtendedOnly { get; set; }

    /// <summary>Where the next data connection is waited for.</summary>
    public DataListener? Data { get; private set; }

    /// <summary>Listens for a data connection, in the place of any that was not used.</summary>
    /// <returns>Null where the client has not come by IP.</returns>
    public IPEndPoint? Listen()
    {
        Data?.Dispose();
        Data = null;
        if (connection is not { LocalEndPoint: IPEndPoint local, RemoteEndPoint: IPEndPoint remote })
            return null;
        Data = new DataListener(Plain(local.Address), Plain(remote.Address));
        return Data.EndPoint;
    }

    /// <summary>Takes the listener: it serves for one connection.</summary>
    public DataListener? TakeData()
    {
        DataListener? data = Data;
        Data = null;
        return data;
    }

    public void Dispose() => Data?.Dispose();

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
