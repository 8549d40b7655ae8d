using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Waymark.Hosting;

/// <summary>
/// The logger of a server that was given none: one line per event, an exception on the lines below it.
/// </summary>
/// <remarks>
/// <code>2026-03-01T09:30:00.000Z warn [1021] Accepting on http://127.0.0.1:8080 pauses: Too many open files.</code>
/// Thread-safe: an event is one write of UTF-8 to the stream. Control characters in a message are escaped, and every
/// line of an exception, whose text may hold what a peer sent, is indented: so nobody else can forge a line or move the
/// terminal's cursor.
/// </remarks>
internal sealed class ConsoleLogger(Stream stream, LogLevel levelMin, TimeProvider time) : ILogger
{
    /// <summary>The environment variable that names the lowest level to log.</summary>
    public const string LevelVariable = "WAYMARK_LOG_LEVEL";

    private readonly Lock _lock = new();

    /// <summary>Makes the logger to standard error, so that standard output stays the program's own.</summary>
    /// <param name="levelName">
    /// What <see cref="LevelVariable"/> holds; a name that is no level counts as none given.
    /// </param>
    /// <param name="time">Stamps the lines.</param>
    public static ConsoleLogger Create(string? levelName, TimeProvider time) =>
        new(Console.OpenStandardError(), ParseLevel(levelName) ?? LogLevel.Information, time);

    /// <summary>Reads the name of a level, long or short, in any case.</summary>
    /// <returns>Null for what is no name of a level.</returns>
    public static LogLevel? ParseLevel(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "trace" or "trce" => LogLevel.Trace,
        "debug" or "dbug" => LogLevel.Debug,
        "information" or "info" => LogLevel.Information,
        "warning" or "warn" => LogLevel.Warning,
        "error" or "fail" => LogLevel.Error,
        "critical" or "crit" => LogLevel.Critical,
        "none" => LogLevel.None,
        _ => null,
    };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= levelMin && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        var line = new StringBuilder(128);
        line.Append(time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        line.Append(' ').Append(ShortName(logLevel));
        if (eventId.Id != 0)
            line.Append(" [").Append(eventId.Id).Append(']');

        line.Append(' ');
        AppendEscaped(line, formatter(state, exception));
        line.Append('\n');
        if (exception is not null)
            AppendIndented(line, exception.ToString());

        Write(line.ToString());
    }

    /// <summary>The four letters of a level.</summary>
    internal static string ShortName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private static void AppendIndented(StringBuilder line, string text)
    {
        foreach (ReadOnlySpan<char> part in text.AsSpan().EnumerateLines())
        {
            line.Append("    ");
            AppendEscaped(line, part);
            line.Append('\n');
        }
    }

    private static void AppendEscaped(StringBuilder line, ReadOnlySpan<char> message)
    {
        foreach (char c in message)
        {
            // Controls, line separators, and what turns the direction of the text behind it.
            if (char.IsControl(c) || c is >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069')
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                line.Append(c);
        }
    }

    private void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            lock (_lock)
            {
                stream.Write(bytes);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // Whoever read the log is gone. A server goes on serving without it.
        }
    }
}
