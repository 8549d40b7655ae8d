using System.Text;
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
        Assert.Equal("2026-03-01T09:30:00.000Z fail [7] it failed\nSystem.IO.IOException: gone\n", Written());
    }

    [Fact]
    public void Control_characters_cannot_forge_a_line()
    {
        New(LogLevel.Information).Log(LogLevel.Error, 7, "a\r\nb\u001b[2Jc", null, (state, _) => state);
        Assert.Equal("2026-03-01T09:30:00.000Z fail [7] a\\u000d\\u000ab\\u001b[2Jc\n", Written());
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
