using Microsoft.Extensions.Logging;
using Waymark.Hosting;

namespace Waymark;

/// <summary>Small loggers for <see cref="NetworkServerOptions.Logger"/> that write a line for each event.</summary>
/// <remarks>
/// They need no package and no configuration. An event is one write, from whatever thread: for the log of a server, not
/// for every request of a busy one (<see cref="AccessLog"/> writes in batches). Scopes are not shown. Safe for use by
/// any number of threads.
/// </remarks>
/// <example>
/// <code>
/// var options = new ServerOptions { Logger = ConsoleLog.Json() };
/// </code>
/// </example>
public static class ConsoleLog
{
    /// <summary>
    /// Lines for people: <c>2026-03-01T09:30:00.000Z info [1100] Listening on http://127.0.0.1:8080</c>, exceptions
    /// indented below them. What a server without a logger has.
    /// </summary>
    /// <param name="options">What is taken, and where it goes; null for the defaults.</param>
    public static ILogger Text(ConsoleLogOptions? options = null)
    {
        options ??= new ConsoleLogOptions();
        return Filter(new ConsoleLogger(StreamOf(options), LevelOf(options), options.TimeProvider), options);
    }

    /// <summary>
    /// One JSON object a line: <c>time</c>, <c>level</c>, <c>id</c>, <c>event</c>, <c>message</c>, <c>exception</c>,
    /// and <c>properties</c> with the values of the message by their names.
    /// </summary>
    /// <param name="options">What is taken, and where it goes; null for the defaults.</param>
    public static ILogger Json(ConsoleLogOptions? options = null)
    {
        options ??= new ConsoleLogOptions();
        return Filter(new JsonConsoleLogger(StreamOf(options), LevelOf(options), options.TimeProvider), options);
    }

    private static Stream StreamOf(ConsoleLogOptions options) => options.Stream ?? Console.OpenStandardError();

    private static LogLevel LevelOf(ConsoleLogOptions options) => options.LevelMin
        ?? ConsoleLogger.ParseLevel(Environment.GetEnvironmentVariable(ConsoleLogger.LevelVariable))
        ?? LogLevel.Information;

    private static ILogger Filter(ILogger logger, ConsoleLogOptions options) =>
        options.Filter is null ? logger : new Filtered(logger, options.Filter);

    private sealed class Filtered(ILogger inner, Func<LogLevel, EventId, bool> filter) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (filter(logLevel, eventId))
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
