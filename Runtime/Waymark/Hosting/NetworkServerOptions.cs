using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Transport;
using Waymark.Transport.Epoll;
using Waymark.Transport.Listening;

namespace Waymark;

/// <summary>How a <see cref="NetworkServer"/> listens, lets in, logs and stops, whatever it speaks.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Validated, all at once, by the server's constructor.
/// </remarks>
public abstract record NetworkServerOptions
{
    /// <summary>The longest time that an option may be set to.</summary>
    private protected static readonly TimeSpan TimeMax = TimeSpan.FromDays(1);

    private readonly Func<ConnectionInfo, CancellationToken, ValueTask<bool>>? _onConnect;
    private readonly ServerTransport? _transport;

    private protected NetworkServerOptions()
    {
    }

    /// <summary>
    /// Certificates and what else addresses with TLS (<c>https://</c> or <c>tls://</c>, and the same with a plus before
    /// <c>unix:</c> and <c>fd:</c>) need. Default null: such addresses are refused.
    /// </summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>How long a stop waits for what is being handled. 0 to 1 day; default 30 s.</summary>
    /// <remarks>
    /// What has not ended by then sees its token cancelled (<see cref="Exchange.RequestAborted"/> over HTTP), and is
    /// reset a second later.
    /// </remarks>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long connections on which nothing is being handled may stay once the server stops. 0 to 1 day; default 2 s;
    /// cut to the drain time.
    /// </summary>
    /// <remarks>
    /// A request that comes within it is answered, over HTTP with <c>Connection: close</c>; at 0, one that is on its
    /// way is lost.
    /// </remarks>
    public TimeSpan IdleGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many connections are served at once. At least 1; default null: no limit.</summary>
    /// <remarks>One more is closed; over HTTP it is answered 503 with <c>Retry-After: 1</c> first.</remarks>
    public int? MaxConnections { get; init; }

    /// <summary>
    /// How many connections may wait in the kernel to be accepted, for each address. 1 to 65,535; default 4096. The
    /// kernel caps it (on Linux at net.core.somaxconn).
    /// </summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>
    /// How addresses are opened: shared ports, Unix sockets. Default: those of <see cref="ListenOptions"/>.
    /// </summary>
    public ListenOptions Listen { get; init; } = new();

    /// <summary>
    /// What carries the connections. Default null: <see cref="ServerTransport.Epoll"/> on Linux, elsewhere
    /// <see cref="ServerTransport.Sockets"/>, which is the only one there.
    /// </summary>
    public ServerTransport? Transport
    {
        get => _transport;
        init
        {
            _transport = value;
            Accepting = value switch
            {
                ServerTransport.Epoll => Transports.Epoll,
                ServerTransport.Sockets => Transports.Sockets,
                _ => null,
            };
        }
    }

    /// <summary>
    /// Asked about each new connection: false closes it before any answer. Default null: everyone is let in.
    /// </summary>
    /// <remarks>
    /// Called once, in the connection's own task, after the TLS handshake and behind a PROXY header, so that it sees
    /// the client's certificate and its real address, and before anything else is read. It holds up no other
    /// connection, and counts as one of <see cref="MaxConnections"/> while it waits; the token is cancelled when the
    /// drain time of a stop is over. Where it throws, the connection is closed and the exception logged as an error.
    /// What it <see cref="ConnectionInfo.Set">sets</see> is there as long as the connection.
    /// </remarks>
    public Func<ConnectionInfo, CancellationToken, ValueTask<bool>>? OnConnect
    {
        get => _onConnect;
        init
        {
            _onConnect = value;
            Admission = value is null ? null
                : static (options, protocol, logger) => new AdmittingHandler(protocol, options._onConnect!, logger);
        }
    }

    /// <summary>
    /// Where handlers get their services: over HTTP those that are marked <see cref="ServiceAttribute">[Service]</see>.
    /// Default null: there are none.
    /// </summary>
    /// <remarks>
    /// A service that a route needs and that these do not have keeps the server from starting
    /// (<see cref="OptionsException"/>).
    /// </remarks>
    public IServiceProvider? Services { get; init; }

    /// <summary>True to print what is served and where when <c>RunAsync</c> starts. Default true.</summary>
    public bool ShowBanner { get; init; } = true;

    /// <summary>
    /// Takes the log. Default null: one line per event to standard error, from Information upwards, or from the level
    /// in the environment variable <c>WAYMARK_LOG_LEVEL</c> (trace, debug, information, warning, error, critical,
    /// none). <see cref="ConsoleLog"/> makes others, for example one that writes JSON.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>What the time is and when it is over; tests put their own here. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // Made where the option is set, so that a native program that never sets it does not hold the code behind it.

    /// <summary>How connections are accepted; null for the platform's way.</summary>
    internal Func<ListeningSocket, Listener>? Accepting { get; private init; }

    /// <summary>Puts <see cref="OnConnect"/> in front of a protocol; null where there is none.</summary>
    internal Func<NetworkServerOptions, ConnectionHandler, ILogger, ConnectionHandler>? Admission { get; private init; }

    /// <summary>The name of the derived type: problems are told by it.</summary>
    internal abstract string Name { get; }

    /// <summary>A sentence for each value that is out of its range.</summary>
    internal List<string> Problems()
    {
        var problems = new List<string>();
        Validate(problems);
        return problems;
    }

    /// <summary>Adds a sentence for each value that is out of its range.</summary>
    internal virtual void Validate(List<string> problems)
    {
        Tls?.Service.Validate(Tls, problems);
        CheckTime(nameof(DrainTimeout), DrainTimeout, problems);
        CheckTime(nameof(IdleGrace), IdleGrace, problems);
        if (MaxConnections < 1)
            problems.Add($"{Name}.MaxConnections is {MaxConnections}; it must be at least 1, or null for no limit.");
        if (Transport is not (null or ServerTransport.Epoll or ServerTransport.Sockets))
            problems.Add($"{Name}.Transport is {Transport}; it must be Epoll, Sockets or null.");
        else if (Transport == ServerTransport.Epoll && !Reactors.AreSupported)
            problems.Add($"{Name}.Transport is Epoll, which only Linux has; leave it out, or take Sockets.");
        if (Backlog is < 1 or > 65_535)
            problems.Add($"{Name}.Backlog is {Backlog}; it must be from 1 to 65535.");
        if (Listen is null)
            problems.Add($"{Name}.Listen is null; leave it out for the defaults.");
        else
            Listen.Validate(problems);
        if (TimeProvider is null)
            problems.Add($"{Name}.TimeProvider is null; leave it out for the system's.");
    }

    private void CheckTime(string option, TimeSpan value, List<string> problems)
    {
        if (value < TimeSpan.Zero || value > TimeMax)
            problems.Add($"{Name}.{option} is {value}; it must be from 00:00:00 to {TimeMax}.");
    }
}
