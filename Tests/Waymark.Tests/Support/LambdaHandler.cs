using System.Threading.Channels;
using Waymark.Connections;

namespace Waymark.Tests.Support;

/// <summary>A protocol written in a test; shows each connection that it was started on.</summary>
internal sealed class LambdaHandler(Func<ConnectionContext, Task> run) : ConnectionHandler
{
    private readonly Channel<ConnectionContext> _started = Channel.CreateUnbounded<ConnectionContext>();

    /// <summary>Receives until the end, idle all the while.</summary>
    public static LambdaHandler Idle => new(async context =>
    {
        context.IsIdle = true;
        while (await context.Connection.ReceiveAsync(new byte[64]) > 0)
        {
        }
    });

    /// <summary>Sends back what comes; busy while it does.</summary>
    public static LambdaHandler Echo => new(async context =>
    {
        byte[] buffer = new byte[1024];
        context.IsIdle = true;
        while (await context.Connection.ReceiveAsync(buffer) is > 0 and int count)
            await context.Connection.SendAsync(buffer.AsMemory(0, count));
    });

    public async Task<ConnectionContext> StartedAsync() =>
        await _started.Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public override Task RunAsync(ConnectionContext context)
    {
        // Shown once it waits for the first time, so that a test does not overtake its first steps.
        Task task = run(context);
        _started.Writer.TryWrite(context);
        return task;
    }
}
