using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Http;
using Waymark.Middleware;

namespace Waymark;

/// <summary>Cancels a handler that takes too long, and answers 503 or 504.</summary>
/// <remarks>
/// <code>
/// handler --(ends in time)------------------------------------------> its answer
///    +--(time is over: its token is cancelled)--(it throws)--(answer not started)--> 503 or 504
///                                            |            +--(answer started)------> the connection is aborted
///                                            +--(it ends all the same)-------------> its answer
/// </code>
/// The token is <see cref="Exchange.RequestAborted"/> and the handler's <see cref="CancellationToken"/> parameter. A
/// handler that does not look at it is not ended: nothing can end it. Reads of the body end by their own limits. Of
/// several around each other the shortest ends first. Streams and server-sent events belong outside of it.
/// </remarks>
/// <example>
/// <code>
/// server.Use(RequestTimeout.After(TimeSpan.FromSeconds(30)));
/// </code>
/// </example>
public static class RequestTimeout
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Makes the middleware; late requests get 503.</summary>
    /// <param name="timeout">As <see cref="RequestTimeoutOptions.Timeout"/>.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="OptionsException">The time is out of range.</exception>
    public static IMiddleware After(TimeSpan timeout) => From(new RequestTimeoutOptions { Timeout = timeout });

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">How long, and what then.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values are out of range: all are listed.</exception>
    public static IMiddleware From(RequestTimeoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        if (options.Timeout < Shortest || options.Timeout > Longest)
        {
            problems.Add(
                $"RequestTimeoutOptions.Timeout is {options.Timeout}; it must be from 1 millisecond to 24 hours.");
        }

        if (options.StatusCode is not (503 or 504))
            problems.Add($"RequestTimeoutOptions.StatusCode is {options.StatusCode}; it must be 503 or 504.");
        return problems.Count == 0 ? new Timer(options) : throw new OptionsException(problems);
    }

    private sealed class Timer(RequestTimeoutOptions options) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) =>
            new TimedHandler(next, options, new DeadlineQueue(options.Timeout, server), server.Logger).HandleAsync;
    }

    private sealed class TimedHandler(
        Handler next, RequestTimeoutOptions options, DeadlineQueue queue, ILogger logger)
    {
        public ValueTask HandleAsync(Exchange exchange)
        {
            RequestDeadline deadline = queue.Begin(exchange);
            ValueTask handling;
            try
            {
                handling = next(exchange);
            }
            catch (OperationCanceledException) when (IsLate(exchange, deadline))
            {
                queue.End(exchange, deadline);
                Answer(exchange);
                return ValueTask.CompletedTask;
            }
            catch
            {
                queue.End(exchange, deadline);
                throw;
            }

            if (!handling.IsCompletedSuccessfully)
                return AwaitAsync(exchange, deadline, handling);
            queue.End(exchange, deadline);
            return handling;
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private async ValueTask AwaitAsync(Exchange exchange, RequestDeadline deadline, ValueTask handling)
        {
            try
            {
                await handling.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (IsLate(exchange, deadline))
            {
                Answer(exchange);
            }
            finally
            {
                queue.End(exchange, deadline);
            }
        }

        private static bool IsLate(Exchange exchange, RequestDeadline deadline) =>
            deadline.IsExpired && !exchange.Response.HasStarted;

        /// <summary>Answers in the place of a handler that gave up because its time was over.</summary>
        private void Answer(Exchange exchange)
        {
            MiddlewareLog.TimedOut(logger, exchange.Request.Method, exchange.Request.Path, options.Timeout);
            exchange.Response.Clear();
            ProblemWriter.Write(exchange.Response, options.StatusCode, "The answer took too long.");
        }
    }
}
