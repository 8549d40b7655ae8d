using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Benchmarks.PartRoutes;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;

namespace Waymark.Benchmarks.Parts;

/// <summary>Whole requests over a connection in memory: what each costs without a kernel.</summary>
/// <remarks>
/// Binding is what a row costs more than its neighbour without it: PathInt and QueryInts more than Nothing, JsonBody
/// more than BytesBody. One call is a connection of 10,000 requests, so that its own part is not seen.
/// </remarks>
public class RequestBenchmark
{
    private const int Requests = 10_000;
    private const string Order = "{\"item\":\"lamp\",\"count\":42,\"isGift\":true}";

    private static readonly HttpConnectionHandler Protocol = new(
        new Router(PartHandlers.Table).HandleAsync, new ServerLimits(), TimeProvider.System, NullLogger.Instance,
        detailedErrors: false);

    /// <summary>Nothing is bound, three octets are answered.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task Nothing() => Get("/nothing");

    /// <summary>An int from the path.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task PathInt() => Get("/path/42");

    /// <summary>Two ints from the query.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task QueryInts() => Get("/query?page=2&size=40");

    /// <summary>A body of 40 octets, as it came.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task BytesBody() => Post("/bytes");

    /// <summary>The same body as an object of JSON.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task JsonBody() => Post("/json");

    /// <summary>The object as the answer.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public Task JsonAnswer() => Get("/answer");

    private static Task Get(string target) => ServeAsync($"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");

    private static Task Post(string target) => ServeAsync(
        $"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
        $"Content-Length: {Order.Length}\r\n\r\n{Order}");

    private static async Task ServeAsync(string request)
    {
        var connection = new RepeatedRequest(Encoding.ASCII.GetBytes(request), Requests);
        await Protocol.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        if (connection.AnswerCount != Requests)
            throw new InvalidOperationException($"{connection.AnswerCount} answers to {request}");
    }
}
