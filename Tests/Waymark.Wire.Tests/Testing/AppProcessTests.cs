using Waymark.Testing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Testing;

/// <summary>Programs that users' tests start: Samples/Todo, and shells that fail in every way there is.</summary>
public sealed class AppProcessTests : IAsyncLifetime
{
    private static readonly string[] Todo = new BuiltTodo().Command;

    private int _healthCalls;
    private int _healthyFrom = int.MaxValue;
    private TestHost _health = null!; // Answers health checks in the place of a shell.

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Named => $"echo {_health.BaseAddress.GetLeftPart(UriPartial.Authority)}; echo";

    public async ValueTask InitializeAsync() => _health = await TestHost.StartOnPortAsync(
        new TestTable(), configure: server => server.Use(_ => exchange =>
        {
            exchange.Response.StatusCode = Interlocked.Increment(ref _healthCalls) >= _healthyFrom ? 200 : 503;
            return ValueTask.CompletedTask;
        }));

    public ValueTask DisposeAsync() => _health.DisposeAsync();

    [Fact]
    public async Task It_starts_answers_and_ends_with_0()
    {
        await using AppProcess app = await AppProcess.StartAsync(
            Todo[0], new AppStart { Arguments = [Todo[1], "http://127.0.0.1:0"], HealthPath = "/todos" });
        Assert.Equal("[]", await app.Client.GetStringAsync(new Uri("/todos", UriKind.Relative), Stop));
        Assert.Equal(app.Client.BaseAddress, Assert.Single(app.Addresses));
        Assert.Equal(0, await app.StopAsync());
        Assert.Equal(0, await app.StopAsync());
        Assert.EndsWith("\nCtrl+C stops.\n", app.Output, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => app.Send(15));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task It_is_given_variables_and_what_it_says_before_it_ends_is_told()
    {
        var start = new AppStart
        {
            Arguments = [Todo[1], "http://127.0.0.1:0"],
            Environment = new Dictionary<string, string> { ["TODO_ITEMS_MAX"] = "none" },
        };
        string message = await FailAsync(Todo[0], start);
        Assert.Contains("ended with exit code 2.", message, StringComparison.Ordinal);
        Assert.Contains("TODO_ITEMS_MAX is 'none'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        string program = Path.Combine(Path.GetTempPath(), "waymark-nowhere");
        Assert.StartsWith($"{program} cannot be started: ", await FailAsync(program, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_names_no_address_in_time_is_told_with_its_output()
    {
        string message = await FailAsync(
            "/bin/sh", Shell("echo hello; echo http://example.com:80; exec sleep 600") with { Timeout = Seconds(2) });
        Assert.Contains(
            "has printed no address of this machine within 00:00:02 (is ServerOptions.ShowBanner off?).\n"
                + "Its output:\nhello\nhttp://example.com:80\n",
            message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_counts_as_started_once_it_is_healthy()
    {
        _healthyFrom = 3;
        await using AppProcess app = await AppProcess.StartAsync(
            "/bin/sh", Shell($"{Named}; exec sleep 600") with { HealthPath = "/readyz" });
        Assert.Equal(3, _healthCalls);
    }

    [Fact]
    public async Task A_program_that_never_gets_healthy_is_told_with_its_output()
    {
        string message = await FailAsync(
            "/bin/sh",
            Shell($"{Named}; echo 'no database' >&2; exec sleep 600") with
            {
                HealthPath = "/readyz",
                Timeout = Seconds(2),
            });
        Assert.Contains(
            "has not answered GET /readyz with 200 within 00:00:02: status 503.", message, StringComparison.Ordinal);
        Assert.EndsWith("\nno database\n", message, StringComparison.Ordinal);
        Assert.True(_healthCalls > 1);
    }

    [Fact]
    public async Task A_program_that_ends_before_it_is_healthy_is_told_with_its_output()
    {
        string message = await FailAsync(
            "/bin/sh", Shell($"{Named}; echo 'no database' >&2; exit 3") with { HealthPath = "/readyz" });
        Assert.Contains("ended with exit code 3.", message, StringComparison.Ordinal);
        Assert.EndsWith("\nno database\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_address_is_named_as_loopback()
    {
        const string Banner = "echo '  http://0.0.0.0:81'; echo '  https://[::]:82'; echo '  http://[::1]:83'; echo";
        await using AppProcess app = await AppProcess.StartAsync("/bin/sh", Shell($"{Banner}; exec sleep 600"));
        Assert.Equal(
            ["http://127.0.0.1:81/", "https://[::1]:82/", "http://[::1]:83/"],
            app.Addresses.Select(address => address.AbsoluteUri));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stop_that_takes_too_long_is_told_and_the_end_takes_children_along()
    {
        AppStart start = Shell($"trap '' TERM; {Named}; sleep 600 & echo $$ $!; wait") with { Timeout = Seconds(2) };
        AppProcess app = await AppProcess.StartAsync("/bin/sh", start);
        var e = await Assert.ThrowsAsync<TimeoutException>(app.StopAsync);
        Assert.Contains("has not ended within 00:00:02", e.Message, StringComparison.Ordinal);
        int[] ids = [.. app.Output.TrimEnd('\n').Split('\n')[^1].Split(' ').Select(id => int.Parse(id, null))];
        Assert.Equal(2, ids.Length);

        await app.DisposeAsync();
        while (ids.Any(IsRunning)) // What has been killed takes its moment to end.
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_time_that_is_no_time_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => AppProcess.StartAsync("/bin/sh", new AppStart { Timeout = TimeSpan.Zero }));

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static AppStart Shell(string script) => new() { Arguments = ["-c", script] };

    /// <summary>Whether there is such a process, and more of it than an exit code that nobody has fetched.</summary>
    private static bool IsRunning(int id)
    {
        string path = $"/proc/{id}/stat";
        try
        {
            // proc(5): the state is behind the name in parentheses; Z is a zombie, X dead.
            string stat = File.ReadAllText(path);
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<string> FailAsync(string program, AppStart? start) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => AppProcess.StartAsync(program, start))).Message;
}
