using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Isolation;

/// <summary>Samples/Ticker in both modes, and what becomes of parent and child that are killed.</summary>
public sealed partial class TickerSampleTests
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A12_100_clients_read_what_the_ticker_writes_whole_and_never_back_in_time(bool isIsolated)
    {
        await using RunningServer server = await StartAsync(isIsolated);
        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 100, CancellationToken = Stop },
            async (_, stop) =>
            {
                using var client = new HttpClient { BaseAddress = server.Client.BaseAddress };
                long last = 0;
                long first = 0;
                for (int i = 0; i < 20 || last == first; i++)
                {
                    Count count = await ReadAsync(client, stop);
                    Assert.Equal((-count.Ticks, count.Ticks * count.Ticks), (count.Minus, count.Square));
                    Assert.InRange(count.Ticks, last, long.MaxValue);
                    last = count.Ticks;
                    first = i == 0 ? last : first;
                }
            });
        int parent = await ParentAsync(server);
        Assert.Equal(!isIsolated, (await ReadAsync(server.Client, Stop)).ProcessId == parent);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Theory]
    [InlineData(SigTerm)]
    [InlineData(SigKill)]
    public async Task A17_When_the_parent_ends_the_child_ends(int signal)
    {
        await using RunningServer server = await StartAsync(isIsolated: true);
        int child = (await ReadAsync(server.Client, Stop)).ProcessId;
        Assert.True(IsThere(child));
        long start = TimeProvider.System.GetTimestamp();
        server.Send(signal);
        await UntilAsync(() => !IsAlive(child));
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        await server.WaitForExitAsync();

        // After SIGTERM the parent has waited for it; after SIGKILL it is whoever inherits it that asks how it ended.
        if (signal == SigTerm)
            Assert.False(IsThere(child));
        TestContext.Current.TestOutputHelper?.WriteLine($"The child was gone after {elapsed.TotalMilliseconds:F0} ms");
    }

    [Fact]
    public async Task A17_When_the_child_is_killed_the_parent_serves_on_and_starts_it_again()
    {
        await using RunningServer server = await StartAsync(isIsolated: true);
        Count before = await ReadAsync(server.Client, Stop);
        Assert.Equal(0, Kill(before.ProcessId, SigKill));
        Count after = before;
        while (after.ProcessId == before.ProcessId)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
            after = await ReadAsync(server.Client, Stop); // Answered all the time.
        }

        Assert.InRange(after.Ticks, before.Ticks + 1, long.MaxValue);
        Assert.False(IsThere(before.ProcessId));
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(IsThere(after.ProcessId));
        Assert.Contains(
            $"process {before.ProcessId.ToString(CultureInfo.InvariantCulture)} ended with 137", server.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_isolated_sample_serves_from_its_child_and_both_end_with_0()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Child processes are supported on Linux only.");
        await using RunningServer server = await RunningServer.StartAsync(
            [IsolationCaseTests.Program("Isolated"), "http://127.0.0.1:0", "Welcome"]);
        string answer = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.StartsWith("Welcome from process ", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(IsThere(int.Parse(answer.Split(' ')[^1], CultureInfo.InvariantCulture)));
    }

    private static async Task<RunningServer> StartAsync(bool isIsolated)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Child processes are supported on Linux only.");
        string program = IsolationCaseTests.Program("Ticker");
        string[] mode = isIsolated ? ["isolated"] : [];
        RunningServer server = await RunningServer.StartAsync([program, .. mode, "http://127.0.0.1:0"]);
        while ((await ReadAsync(server.Client, Stop)).Ticks == 0)
            await Task.Yield();
        return server;
    }

    private static async Task<Count> ReadAsync(HttpClient client, CancellationToken stop) =>
        (await client.GetFromJsonAsync<Count>(new Uri("/", UriKind.Relative), stop))!;

    private static async Task<int> ParentAsync(RunningServer server) =>
        await server.Client.GetFromJsonAsync<int>(new Uri("/pid", UriKind.Relative), Stop);

    /// <summary>True where a process is there, and be it a zombie.</summary>
    private static bool IsThere(int processId) => Directory.Exists($"/proc/{processId}");

    /// <summary>True where a process runs.</summary>
    private static bool IsAlive(int processId)
    {
        try
        {
            // "pid (name) state …"
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    private sealed record Count(long Ticks, long Minus, long Square, int ProcessId);
}
