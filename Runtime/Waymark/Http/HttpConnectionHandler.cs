using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http.Parsing;
using Waymark.Http.Writing;

namespace Waymark.Http;

/// <summary>Serves HTTP/1.1 on connections: one <see cref="HttpConnection"/> each.</summary>
internal sealed class HttpConnectionHandler(
    Handler handler, ServerLimits limits, TimeProvider time, ILogger logger, bool detailedErrors,
    TargetRules targetRules = TargetRules.Strict, IServiceProvider? services = null,
    ExceptionPolicy? exceptions = null, ClosePolicy? closing = null, string? serverField = null, bool sendsDate = true,
    TimeSpan? eventKeepAlive = null)
    : ConnectionHandler
{
    private readonly HttpServices _services = new(
        handler, limits, targetRules, time, logger, detailedErrors, new DateCache(time, serverField, sendsDate),
        services, exceptions ?? ExceptionPolicy.None, closing ?? ClosePolicy.Default,
        eventKeepAlive ?? TimeSpan.FromSeconds(15));

    public override Task RunAsync(ConnectionContext context) => new HttpConnection(context, _services).RunAsync();
}

/// <summary>What all connections of a server share.</summary>
internal sealed record HttpServices(
    Handler Handler, ServerLimits Limits, TargetRules TargetRules, TimeProvider Time, ILogger Logger,
    bool DetailedErrors, DateCache Date, IServiceProvider? Services, ExceptionPolicy Exceptions, ClosePolicy Policy,
    TimeSpan EventKeepAlive)
{
    /// <summary>What has been too slow for a transport's thread.</summary>
    public SlowTurns Turns { get; } = new();

    /// <summary>How slowly clients may take their answers.</summary>
    public SendFloor SendFloor { get; } =
        new(Limits.SendTimeout, Limits.ResponseBytesPerSecondMin, Limits.RateGrace);
}
