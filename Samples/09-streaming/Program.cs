using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer(TimeProvider? time = null) => new(
        Routes.Table, new ServerOptions { Services = new ServiceSet { time ?? TimeProvider.System } });
}

internal static class Streams
{
    // Item by item as they are made: a JSON array, or lines where the client takes application/x-ndjson.
    [Get("/primes"), Produces("application/json", "application/x-ndjson")]
    internal static async IAsyncEnumerable<Prime> Primes(
        int count = 10, [EnumeratorCancellation] CancellationToken stop = default)
    {
        for (int number = 2, index = 1; index <= count; number++)
        {
            if (Enumerable.Range(2, (int)Math.Sqrt(number) - 1).Any(divisor => number % divisor == 0))
                continue;
            yield return new Prime(index++, number);
            await Task.Yield();
            stop.ThrowIfCancellationRequested(); // The client has left.
        }
    }

    // Server-sent events, for EventSource in a browser.
    [Get("/countdown")]
    internal static async IAsyncEnumerable<SseItem<int>> Countdown(
        [Service] TimeProvider time, int from = 3, [EnumeratorCancellation] CancellationToken stop = default)
    {
        for (int left = from; left > 0; left--)
        {
            yield return new SseItem<int>(left, "tick", id: $"{left}");
            await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
        }
    }

    // A body of any size that is never in memory as a whole.
    [Post("/sha256"), BodyLimit(10L << 30)]
    internal static async Task<string> Hash([Body] Stream body, CancellationToken stop) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(body, stop)) + "\n";

    // An answer that is written as it is made.
    [Get("/zeros/:megabytes<range(1,1000)>")]
    internal static StreamResult Zeros(int megabytes) => Results.Stream(async (output, stop) =>
    {
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < megabytes; i++)
            await output.WriteAsync(zeros, stop);
    });
}

internal sealed record Prime(int Index, int Value);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Prime))]
[JsonSerializable(typeof(int))]
internal sealed partial class StreamsJson : JsonSerializerContext;
