using System.Runtime.CompilerServices;
using Waymark.Transport.Listening;

namespace Waymark.TestSupport;

/// <summary>Runs the tests of a process over the transport that WAYMARK_TRANSPORT names: epoll or sockets.</summary>
internal static class ForcedTransport
{
    private const string Variable = "WAYMARK_TRANSPORT";

#pragma warning disable CA2255 // This is what module initialisers are for: before the first test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Force()
    {
        string? name = Environment.GetEnvironmentVariable(Variable);
        Transports.Default = name switch
        {
            null or "" => Transports.Default,
            "epoll" => Transports.Epoll,
            "sockets" => Transports.Sockets,
            _ => throw new InvalidOperationException($"{Variable} is {name}; it must be epoll or sockets."),
        };
    }
}
