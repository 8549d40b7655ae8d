using Microsoft.Extensions.Logging.Abstractions;

namespace Waymark.Isolation.Cases;

/// <summary>What runs in children, and the one route of all of them.</summary>
internal static class Entries
{
    private static string[] _arguments = [];

    public static readonly IsolatedEntry Echo = new("echo", static arguments =>
    {
        _arguments = arguments;
        return Quiet();
    });

    public static readonly IsolatedEntry Broken = new("broken", static _ => throw new InvalidDataException("planted"));

    public static readonly IsolatedEntry Ends = new("ends", static _ =>
    {
        Environment.Exit(3);
        return Quiet();
    });

    public static readonly IsolatedEntry Unknown = new("unknown", static _ => Quiet());

    [Get("/arguments")]
    internal static string Show() => string.Join('|', _arguments);

    public static HttpServer Quiet() => new(
        Routes.Table, new ServerOptions { Logger = NullLogger.Instance, ShowBanner = false });
}
