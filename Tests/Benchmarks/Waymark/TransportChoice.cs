namespace Waymark.Benchmarks.Server;

/// <summary>The one place that knows how a transport is chosen; the load script asks for each by its name.</summary>
internal static class TransportChoice
{
    /// <summary>Those that there are here. The load script leaves out what is not among them.</summary>
    public static readonly string[] Names = OperatingSystem.IsLinux() ? ["epoll", "sockets"] : ["sockets"];

    /// <summary>The options of a server on a transport.</summary>
    /// <param name="name">One of <see cref="Names"/>, or null for the library's own choice.</param>
    /// <param name="options">What to make the server with.</param>
    /// <returns>False where there is no such transport.</returns>
    public static bool TryChoose(string? name, out ServerOptions options)
    {
        ServerTransport? transport = name switch
        {
            "epoll" => ServerTransport.Epoll,
            "sockets" => ServerTransport.Sockets,
            _ => null,
        };
        options = new ServerOptions { ShowBanner = false, Transport = transport };
        return name is null || Names.Contains(name);
    }
}
