using Microsoft.Extensions.Logging;

namespace Waymark;

/// <summary>What a <see cref="ConsoleLog"/> takes, and where it writes.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record ConsoleLogOptions
{
    /// <summary>
    /// The lowest level that is written. Default null: the one in the environment variable <c>WAYMARK_LOG_LEVEL</c>
    /// (trace, debug, information, warning, error, critical, none), else Information.
    /// </summary>
    public LogLevel? LevelMin { get; init; }

    /// <summary>
    /// Asked for each event of at least that level; false leaves it out. Default null: none is.
    /// </summary>
    /// <remarks>
    /// The ids of the server's events tell where they come from: docs/reference/events.md lists them. 1000 to 1099 are
    /// connections, 1100 to 1199 the server's life, 1200 to 1299 certificates, 1300 to 1399 requests, 1400 to 1499
    /// middleware.
    /// </remarks>
    public Func<LogLevel, EventId, bool>? Filter { get; init; }

    /// <summary>Where the lines go, UTF-8; not closed. Default null: standard error.</summary>
    public Stream? Stream { get; init; }

    /// <summary>Stamps the lines. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
