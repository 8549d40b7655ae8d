using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

// `isolated` as the first argument gives the ticker a process of its own; the rest is addresses.
bool isIsolated = args is ["isolated", ..];
await using var server = new HttpServer(Routes.Table);
server.AddTicker(
    new Ticker(TimeSpan.FromMilliseconds(50)), Counter.Tick,
    new TickerOptions
    {
        Name = "counter",
        Isolation = isIsolated ? TickerIsolation.Process : null,
        Shared = isIsolated ? [Counter.State] : [],
    });
return await server.RunAsync(isIsolated ? args[1..] : args);

internal static class Counter
{
    internal static readonly SharedState<Count> State = new("count");

    // A process that was started again goes on where the last one was.
    internal static ValueTask Tick(long number, CancellationToken stop)
    {
        long next = State.Read().Ticks + 1;
        State.Write(new Count(next, -next, next * next, Environment.ProcessId));
        return ValueTask.CompletedTask;
    }

    [Get("/")]
    internal static Count Show() => State.Read();

    [Get("/pid")]
    internal static int Pid() => Environment.ProcessId;
}

/// <summary>Whoever reads parts of two of these sees that they do not fit together.</summary>
internal readonly record struct Count(long Ticks, long Minus, long Square, int ProcessId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Count))]
[JsonSerializable(typeof(int))]
internal sealed partial class JsonContext : JsonSerializerContext;
