using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

public sealed class ConsoleLoggerTests : IDisposable
{
    private readonly MemoryStream _stream = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void An_event_is_one_line_with_time_level_and_id()
    {
        ConsoleLogger logger = New(LogLevel.Information);
        HostingLog.Listening(logger, "http://127.0.0.1:8080");
        logger.Log(LogLevel.Warning, default, "größer", null, (state, _) => state);
        Assert.Equal(
            "2026-03-01T09:30:00.000Z info [1100] Listening on http://127.0.0.1:8080\n"
            + "2026-03-01T09:30:00.000Z warn größer\n",
            Written());
    }

    [Fact]
    public void An_exception_stands_below_its_line()
    {
        New(LogLevel.Information).Log(LogLevel.Error, 7, "it failed", new IOException("gone"), (state, _) => state);
        Assert.Equal("2026-03-01T09:30:00.000Z fail [7] it failed\n    System.IO.IOException: gone\n", Written());
    }

    [Fact]
    public void Control_characters_cannot_forge_a_line()
    {
        New(LogLevel.Information).Log(LogLevel.Error, 7, "a\r\nb\u001b[2Jc", null, (state, _) => state);
        Assert.Equal("2026-03-01T09:30:00.000Z fail [7] a\\u000d\\u000ab\\u001b[2Jc\n", Written());
    }

    [Fact]
    public void An_exception_cannot_forge_a_line()
    {
        New(LogLevel.Information).Log(
            LogLevel.Error, 7, "it failed", new IOException("a\n2026 info [1] b\r\u001b[2J\u202ec"),
            (state, _) => state);
        Assert.Equal(
            "2026-03-01T09:30:00.000Z fail [7] it failed\n    System.IO.IOException: a\n    2026 info [1] b\n    \\u001b[2J\\u202ec\n",
            Written());
    }

    [Fact]
    public void A_line_of_JSON_has_the_properties_of_its_event_and_whatever_is_logged_is_one_line()
    {
        ILogger logger = ConsoleLog.Json(new ConsoleLogOptions
        {
            Stream = _stream,
            TimeProvider = new ManualTimeProvider(),
        });
        HostingLog.Listening(logger, "http://a\n\"b\u2028");
        logger.Log(LogLevel.Error, 7, "größer", new IOException("a\nb"), (state, _) => state);
        logger.Log(LogLevel.Debug, 8, "not shown", null, (state, _) => state);
        string[] lines = Written().Split('\n')[..^1];
        Assert.Equal(2, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(
            "time=2026-03-01T09:30:00.000Z level=info id=1100 event=Listening message=Listening on http://a\n\"b\u2028",
            string.Join(' ', first.RootElement.EnumerateObject().Where(member => member.Name != "properties")
                .Select(member => $"{member.Name}={member.Value}")));
        Assert.Equal(
            "http://a\n\"b\u2028", first.RootElement.GetProperty("properties").GetProperty("Endpoint").GetString());
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal("größer", second.RootElement.GetProperty("message").GetString());
        Assert.Equal("System.IO.IOException: a\nb", second.RootElement.GetProperty("exception").GetString());
        Assert.DoesNotContain('\u2028', lines[0]);
    }

    [Fact]
    public void A_logger_of_ones_own_takes_what_its_level_and_filter_let_through()
    {
        ILogger logger = ConsoleLog.Text(new ConsoleLogOptions
        {
            Stream = _stream,
            LevelMin = LogLevel.Debug,
            Filter = (level, id) => id.Id != 1100,
            TimeProvider = new ManualTimeProvider(),
        });
        HostingLog.Listening(logger, "here");
        logger.Log(LogLevel.Debug, 5, "seen", null, (state, _) => state);
        logger.Log(LogLevel.Trace, 5, "unseen", null, (state, _) => state);
        Assert.Equal("2026-03-01T09:30:00.000Z dbug [5] seen\n", Written());
    }

    [Theory]
    [InlineData(LogLevel.Trace, 6)]
    [InlineData(LogLevel.Information, 4)]
    [InlineData(LogLevel.Critical, 1)]
    [InlineData(LogLevel.None, 0)]
    public void Events_below_the_level_are_left_out(LogLevel levelMin, int lines)
    {
        ConsoleLogger logger = New(levelMin);
        for (LogLevel level = LogLevel.Trace; level <= LogLevel.None; level++)
            logger.Log(level, 1, "x", null, (state, _) => state);

        Assert.Equal(lines, Written().Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("Debug", LogLevel.Debug)]
    [InlineData(" warn ", LogLevel.Warning)]
    [InlineData("NONE", LogLevel.None)]
    [InlineData("loud", null)]
    [InlineData(null, null)]
    public void A_level_is_read_by_its_long_or_short_name(string? name, LogLevel? level) =>
        Assert.Equal(level, ConsoleLogger.ParseLevel(name));

    [Fact]
    public async Task Lines_of_many_threads_are_never_torn()
    {
        ConsoleLogger logger = New(LogLevel.Information);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
                logger.Log(LogLevel.Error, 1, new string((char)('a' + n), 50), null, (state, _) => state);
        })));
        string[] lines = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1600, lines.Length);
        Assert.All(lines, line => Assert.Single(line[^50..].Distinct()));
    }

    private ConsoleLogger New(LogLevel levelMin) => new(_stream, levelMin, new ManualTimeProvider());

    private string Written() => Encoding.UTF8.GetString(_stream.ToArray());
}
