using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Routing;

namespace Waymark.Middleware.Checks;

/// <summary>Answers at the two paths of <see cref="Health"/>.</summary>
internal sealed class HealthMiddleware(HealthOptions options) : IOutermost
{
    private static readonly byte[] Live = "{\"status\":\"ok\"}\n"u8.ToArray();
    private static readonly byte[] Stopping = "{\"status\":\"stopping\"}\n"u8.ToArray();

    private readonly byte[] _livePath = Encoding.ASCII.GetBytes(options.LivePath ?? "");
    private readonly byte[] _readyPath = Encoding.ASCII.GetBytes(options.ReadyPath ?? "");

    public Handler Wrap(Handler next, ServerContext server)
    {
        var runs = new CheckRuns(options, server.TimeProvider, server.Logger);
        return exchange =>
        {
            ReadOnlySpan<byte> path = exchange.Request.MatchPath;
            if (path.SequenceEqual(_readyPath))
                return TellReady(exchange, server, runs);
            if (path.SequenceEqual(_livePath))
                return Write(exchange, 200, Live);
            return next(exchange);
        };
    }

    private static ValueTask TellReady(Exchange exchange, ServerContext server, CheckRuns runs)
    {
        if (server.Stopping.IsCancellationRequested || server.HasStoppedListening())
            return Write(exchange, 503, Stopping);
        return runs.TryGetKept(out CheckOutcome? outcome)
            ? Write(exchange, outcome.Status, outcome.Body)
            : RunAsync(exchange, server, runs);
    }

    private static async ValueTask RunAsync(Exchange exchange, ServerContext server, CheckRuns runs)
    {
        CheckOutcome outcome = await runs.RunAsync().ConfigureAwait(false);

        // A stop that began meanwhile is not to be told a moment too late.
        if (server.Stopping.IsCancellationRequested)
            await Write(exchange, 503, Stopping).ConfigureAwait(false);
        else
            await Write(exchange, outcome.Status, outcome.Body).ConfigureAwait(false);
    }

    private static ValueTask Write(Exchange exchange, int status, byte[] body)
    {
        Response response = exchange.Response;
        if (exchange.Request.Verb is not (Verbs.Get or Verbs.Head))
        {
            response.Headers.AddTrusted("Allow"u8, "GET, HEAD"u8);
            ProblemWriter.Write(response, 405, "This path answers GET, HEAD.");
            return ValueTask.CompletedTask;
        }

        response.StatusCode = status;
        response.Headers.AddTrusted("Content-Type"u8, "application/json"u8);
        response.Headers.AddTrusted("Cache-Control"u8, "no-store"u8);
        response.Write(body);
        return ValueTask.CompletedTask;
    }
}
