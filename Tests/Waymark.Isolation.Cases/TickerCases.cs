using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Waymark.Isolation.Cases;

/// <summary>Tickers in processes of their own. In the child, each case runs up to the start of its server.</summary>
internal static class TickerCases
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

    public static async Task FailToStartAsync()
    {
        HttpServer server = Entries.Quiet();
        server.AddTicker(
            new Ticker(Period), new Failing(),
            new TickerOptions { Name = "breaker", Isolation = TickerIsolation.Process });
        var failed = await Expect.ThrowsAsync<ServerStartupException>(() => server.StartAsync("http://127.0.0.1:0"));
        Expect.Equal("Ticker startup failed: breaker: planted", failed.Message);
        var inner = (ServerStartupException)failed.InnerException!;
        Expect.Equal("System.IO.InvalidDataException", ((ChildProcessException)inner.InnerException!).TypeName);
        Expect.Equal(0, server.Endpoints.Count);
    }

    public static async Task FailBehindHangingAsync()
    {
        var log = new CountingLogger();
        var pid = new SharedState<int>("hanging-pid");
        var server = new HttpServer(
            Routes.Table,
            new ServerOptions { Logger = log, ShowBanner = false, DrainTimeout = TimeSpan.FromMilliseconds(200) });
        server.AddTicker(
            new Ticker(Period),
            (_, _) =>
            {
                pid.Write(Environment.ProcessId);
                return new ValueTask(new TaskCompletionSource().Task);
            },
            new TickerOptions { Name = "hanging", Isolation = TickerIsolation.Process, Shared = [pid] });
        server.AddTicker(
            new Ticker(Period), new Failing(),
            new TickerOptions { Name = "breaker", Isolation = TickerIsolation.Process });
        var failed = await Expect.ThrowsAsync<ServerStartupException>(() => server.StartAsync("http://127.0.0.1:0"));
        Expect.Equal("Ticker startup failed: breaker: planted", failed.Message);
        Expect.Equal(1, log.Count(1603));
        int child = pid.Read();
        Expect.Equal(true, child != 0);
        await Expect.UntilAsync(() => !Directory.Exists($"/proc/{child}"));
    }

    public static async Task RestartAsync()
    {
        var log = new CountingLogger();
        var pid = new SharedState<int>("pid");
        var server = new HttpServer(Routes.Table, new ServerOptions { Logger = log, ShowBanner = false });
        server.AddTicker(
            new Ticker(Period),
            (_, _) =>
            {
                pid.Write(Environment.ProcessId);
                return ValueTask.CompletedTask;
            },
            new TickerOptions
            {
                Isolation = TickerIsolation.Process,
                Shared = [pid],
                Restart = new RestartPolicy { Delay = TimeSpan.FromMilliseconds(1), RestartsMax = 2 },
            });
        await server.StartAsync("http://127.0.0.1:0");
        int last = 0;
        for (int i = 0; i < 3; i++)
        {
            // A child that is killed before the parent knows that it is ready has not started.
            await Expect.UntilAsync(() => pid.Read() != last && log.Count(1620) == i + 1);
            last = pid.Read();
            using Process child = Process.GetProcessById(last);
            child.Kill();
        }

        await Expect.UntilAsync(() => log.Count(1624) == 1);
        Expect.Equal(3, log.Count(1622));
        Expect.Equal(3, log.Count(1620));
        await server.StopAsync();
    }

    public static async Task ShareDictionaryAsync()
    {
        var shared = new SharedDictionary("shared", 4096);
        var server = new HttpServer(
            Routes.Table, new ServerOptions { Logger = NullLogger.Instance, ShowBanner = false });
        server.AddTicker(
            new Ticker(),
            (_, _) =>
            {
                Add(shared, "both");
                Add(shared, "child");
                shared.Set("pid", BitConverter.GetBytes(Environment.ProcessId));
                return ValueTask.CompletedTask;
            },
            new TickerOptions
            {
                Isolation = TickerIsolation.Process,
                Shared = [shared],
                Restart = new RestartPolicy { Delay = TimeSpan.FromMilliseconds(1), RestartsMax = 100 },
            });
        await server.StartAsync("http://127.0.0.1:0");
        int last = 0;
        int own = 0;
        for (int i = 0; i < 5; i++)
        {
            await Expect.UntilAsync(() => PidIn(shared) is not 0 and { } pid && pid != last);
            last = PidIn(shared);
            for (int n = 0; n < 1000; n++, own++)
                Add(shared, "both");
            using Process child = Process.GetProcessById(last);
            child.Kill(); // Most of its time it is in the middle of a write.
        }

        await server.StopAsync();

        // Of each killed child one increment of "both" may have no twin in "child".
        int lost = Number(shared, "both") - own - Number(shared, "child");
        Expect.Equal(true, lost is >= 0 and <= 5);
        Expect.Equal(true, Number(shared, "child") > 0);
        Expect.Equal(3, shared.Count);
    }

    private static int PidIn(SharedDictionary shared) =>
        shared.TryGetValue("pid", out byte[] value) ? BitConverter.ToInt32(value) : 0;

    private static int Number(SharedDictionary shared, string key) =>
        shared.TryGetValue(key, out byte[] value) ? BinaryPrimitives.ReadInt32LittleEndian(value) : 0;

    private static void Add(SharedDictionary shared, string key) => shared.Update(key, static old =>
    {
        byte[] value = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(
            value, (old is null ? 0 : BinaryPrimitives.ReadInt32LittleEndian(old)) + 1);
        return value;
    });

    private sealed class Failing : ITickHandler
    {
        public ValueTask StartAsync(CancellationToken stop) => throw new InvalidDataException("planted");

        public ValueTask TickAsync(long number, CancellationToken stop) => ValueTask.CompletedTask;
    }

    private sealed class CountingLogger : ILogger
    {
        private readonly Dictionary<int, int> _counts = [];

        public int Count(int id)
        {
            lock (_counts)
                return _counts.GetValueOrDefault(id);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (_counts)
                _counts[eventId.Id] = _counts.GetValueOrDefault(eventId.Id) + 1;
        }
    }
}
