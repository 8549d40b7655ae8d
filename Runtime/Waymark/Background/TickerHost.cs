namespace Waymark.Background;

/// <summary>A ticker that a server runs; where it ticks is the matter of those who derive from it.</summary>
internal abstract class TickerHost(string name)
{
    /// <summary>What log and errors call it.</summary>
    public string Name { get; } = name;

    /// <summary>Ends when the last tick has ended, and what comes after it. Never fails.</summary>
    public Task Ended { get; protected set; } = Task.CompletedTask;

    /// <summary>Starts it; where the first tick comes at the start, it has begun when this ends.</summary>
    /// <param name="context">What the server tells.</param>
    /// <param name="stop">Stops it, whether it has started or not.</param>
    public abstract Task StartAsync(BackgroundContext context, CancellationToken stop);

    /// <summary>What its child process is told to run; null where it has none.</summary>
    public virtual string? ProcessKey => null;

    /// <summary>In its child process: runs the ticker to its end.</summary>
    /// <returns>The exit code; null where this process is not its child.</returns>
    public virtual Task<int>? RunAsChild(BackgroundContext context) => null;

    /// <summary>The time is over: whatever can be ended by force is.</summary>
    public virtual void Abandon()
    {
    }
}
