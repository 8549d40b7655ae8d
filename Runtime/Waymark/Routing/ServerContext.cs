using Microsoft.Extensions.Logging;

namespace Waymark;

/// <summary>What a middleware may know of the server that it stands in.</summary>
/// <remarks>Immutable and safe for use by any number of threads.</remarks>
public sealed class ServerContext
{
    internal ServerContext()
    {
    }

    /// <summary><see cref="ServerOptions.Logger"/>, or the console logger of the server.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock: <see cref="ServerOptions.TimeProvider"/>.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary><see cref="ServerOptions.Services"/>, or a provider that has nothing.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The routes of the server.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>Cancelled as the first step of a stop: <see cref="HttpServer.Stopping"/>.</summary>
    public required CancellationToken Stopping { get; init; }
}
