using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Waymark.Hosting;

/// <summary>One JSON object a line: see <see cref="ConsoleLog.Json"/>.</summary>
/// <remarks>The JSON writer escapes everything beyond plain ASCII, so no text of a peer's can end a line.</remarks>
internal sealed class JsonConsoleLogger(Stream stream, LogLevel levelMin, TimeProvider time) : ILogger
{
    private readonly Lock _lock = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= levelMin && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, time.GetUtcNow().UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level"u8, ConsoleLogger.ShortName(logLevel));
            if (eventId.Id != 0)
                json.WriteNumber("id"u8, eventId.Id);
            if (eventId.Name is not null)
                json.WriteString("event"u8, eventId.Name);
            json.WriteString("message"u8, formatter(state, exception));
            if (exception is not null)
                json.WriteString("exception"u8, exception.ToString());
            if (state is IReadOnlyList<KeyValuePair<string, object?>> properties)
                WriteProperties(json, properties);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        Write(line.WrittenSpan);
    }

    private static void WriteProperties(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        json.WriteStartObject("properties"u8);
        foreach ((string name, object? value) in properties)
        {
            if (name == "{OriginalFormat}")
                continue;
            json.WritePropertyName(name);
            switch (value)
            {
                case null:
                    json.WriteNullValue();
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case int number:
                    json.WriteNumberValue(number);
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumberValue(number);
                    break;
                default:
                    json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            lock (_lock)
            {
                stream.Write(line);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // Whoever read the log is gone. A server goes on serving without it.
        }
    }
}
