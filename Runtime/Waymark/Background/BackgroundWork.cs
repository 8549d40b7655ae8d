using Microsoft.Extensions.Logging;

namespace Waymark.Background;

/// <summary>What background work is told by its server.</summary>
/// <param name="Logger">Takes its log.</param>
/// <param name="Time">What the time is where it has no clock of its own.</param>
/// <param name="DrainTimeout">How long what had started may take to end where a later part could not start.</param>
internal sealed record BackgroundContext(ILogger Logger, TimeProvider Time, TimeSpan DrainTimeout);

/// <summary>What a server runs beside its connections: starts before it listens, stops while it drains.</summary>
/// <remarks>Abstract, so that the code behind it is not in the binary of a program that makes none.</remarks>
internal abstract class BackgroundWork
{
    /// <summary>True where the calling code belongs to this work: who waits for the stop there, waits for
    /// itself.</summary>
    public abstract bool IsInside { get; }

    /// <summary>Where this process is the child of a part, runs that part to its end and nothing else.</summary>
    /// <returns>The exit code; null where this process is no such child.</returns>
    public abstract Task<int>? RunAsChild(BackgroundContext context);

    /// <summary>Starts all of it, or nothing. Where it failed it may be called again.</summary>
    /// <exception cref="ServerStartupException">
    /// A part of it failed; the parts before are stopped, or left behind where that took longer than the drain time.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped meanwhile.</exception>
    public abstract Task StartAsync(BackgroundContext context);

    /// <summary>Stops: cancels, then waits. A later call can only shorten the time. Never throws.</summary>
    /// <returns>How many parts had not ended in that time, and are left behind.</returns>
    public abstract Task<int> StopAsync(TimeSpan drainTimeout);
}
