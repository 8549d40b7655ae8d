using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>How an <see cref="HttpServer"/> behaves. Every default is meant for production.</summary>
/// <remarks>
/// Immutable, and so safe for use by any number of threads. Validated, all at once, by the server's constructor.
/// </remarks>
/// <example>
/// <code>
/// var options = new ServerOptions { DrainTimeout = TimeSpan.FromSeconds(10), MaxConnections = 10_000 };
/// var server = new HttpServer(Routes.Table, options);
/// </code>
/// </example>
public sealed partial record ServerOptions : NetworkServerOptions
{
    /// <summary>
    /// Sizes and times beyond which requests are refused. Default: those of <see cref="ServerLimits"/>.
    /// </summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>
    /// What happens to a path with a segment <c>.</c> or <c>..</c>. Default <see cref="Waymark.DotSegments.Reject"/>:
    /// 400.
    /// </summary>
    /// <remarks>
    /// With <see cref="Waymark.DotSegments.Remove"/>, <see cref="Request.RawPath"/> stays as it came;
    /// <see cref="Request.Path"/> shows what was matched. Either way <c>%2F</c> is no slash here: the catch-all of
    /// <c>/files/*path</c> may still hold <c>../a</c> for <c>/files/..%2Fa</c>, and who opens files checks it.
    /// </remarks>
    public DotSegments DotSegments { get; init; } = DotSegments.Reject;

    /// <summary>
    /// True to accept octets from 0x80 without an escape in a target where they are UTF-8; others get 400. Default
    /// false: all of them get 400, since RFC 3986 knows only ASCII.
    /// </summary>
    /// <remarks>
    /// A raw octet is matched as if it had been escaped: <c>/café</c> finds the route that <c>/caf%C3%A9</c> finds.
    /// A character is either all raw or all escaped. Only for clients that cannot be mended; not for use behind a proxy
    /// that takes such targets apart in another way.
    /// </remarks>
    public bool AcceptsRawOctets { get; init; }

    /// <summary>
    /// True to accept <c>{</c>, <c>}</c>, <c>|</c> and <c>"</c> without an escape in a target. Default false: they get
    /// 400, since RFC 3986 has no place for them.
    /// </summary>
    /// <remarks>
    /// Matched as if they had been escaped. Some browsers and programs send them so in queries. Not for use behind a
    /// proxy that takes such targets apart in another way.
    /// </remarks>
    public bool AcceptsUnwiseCharacters { get; init; }

    /// <summary>
    /// True to accept <c>GET http://a/ HTTP/1.1</c> with another <c>Host</c> than <c>a</c>; the target's host counts
    /// then (RFC 9112 section 3.2.2). Default false: 400, since two servers in a row could see two hosts.
    /// </summary>
    public bool AcceptsDifferingHost { get; init; }

    /// <summary>
    /// True to show the exception in the answer to a request whose handler failed (500). For development only: it tells
    /// strangers about the code. Default false.
    /// </summary>
    public bool DetailedErrors { get; init; }

    /// <summary>
    /// The value of the field <c>Server</c> that every answer has; visible ASCII and spaces, 1 to 200 characters.
    /// Default null: there is none, since it tells strangers what to look for (RFC 9110 section 10.2.4).
    /// </summary>
    public string? ServerField { get; init; }

    /// <summary>
    /// True to send the field <c>Date</c>, at most a second old, with every answer. Default true; false only for a
    /// machine without a clock (RFC 9110 section 6.6.1).
    /// </summary>
    public bool SendsDate { get; init; } = true;

    /// <summary>
    /// How long an answer of server-sent events may be silent before a comment is sent, which keeps proxies from ending
    /// it and shows whether the client is still there. 1 s to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for
    /// never; default 15 s. Kept to a second.
    /// </summary>
    public TimeSpan EventKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// True to answer the argument <c>--routes</c> of the process' command line: <c>RunAsync</c> then prints the routes
    /// to standard output and returns at once, before anything is opened. Default true.
    /// </summary>
    /// <remarks>
    /// <c>--routes</c> prints one route a line (method, template, handler), <c>--routes json</c> (or
    /// <c>--routes=json</c>) an array of objects with the same three. Arguments behind <c>--</c> are not looked at.
    /// False leaves the argument to the program.
    /// </remarks>
    public bool HandlesRoutesArgument { get; init; } = true;

    /// <summary>What the options for targets mean to the parser.</summary>
    internal TargetRules TargetRules =>
        (DotSegments == DotSegments.Remove ? TargetRules.RemoveDotSegments : TargetRules.Strict)
        | (AcceptsRawOctets ? TargetRules.RawOctets : TargetRules.Strict)
        | (AcceptsUnwiseCharacters ? TargetRules.Unwise : TargetRules.Strict)
        | (AcceptsDifferingHost ? TargetRules.AnyHost : TargetRules.Strict);

    internal override string Name => nameof(ServerOptions);

    /// <summary>Adds a sentence for each value that is out of its range.</summary>
    internal override void Validate(List<string> problems)
    {
        if (Limits is null)
            problems.Add("ServerOptions.Limits is null; leave it out for the defaults.");
        else
            Limits.Validate(problems);

        base.Validate(problems);
        if (DotSegments is not (DotSegments.Reject or DotSegments.Remove))
            problems.Add($"ServerOptions.DotSegments is {DotSegments}; it must be Reject or Remove.");
        if (EventKeepAlive != Timeout.InfiniteTimeSpan
            && (EventKeepAlive < TimeSpan.FromSeconds(1) || EventKeepAlive > TimeMax))
        {
            problems.Add(
                $"ServerOptions.EventKeepAlive is {EventKeepAlive}; it must be from 00:00:01 to {TimeMax}, "
                + "or infinite.");
        }

        ValidateRequests(problems);
        if (ServerField is { Length: 0 or > 200 } || ServerField.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            problems.Add("ServerOptions.ServerField must be 1 to 200 visible ASCII characters, or null for none.");
    }
}
