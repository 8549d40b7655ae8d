using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>A real process that is stopped while clients are at it: nobody loses anything.</summary>
/// <remarks>
/// The environment variable WAYMARK_STOP_ROUNDS sets the number of rounds (default 2); with <c>-showLiveOutput</c> the
/// runner shows the table.
/// </remarks>
public sealed class StopUnderLoadTests
{
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int ClientsOfAKind = 20;
    private const int SilentClients = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_under_load_loses_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        int rounds = int.Parse(
            Environment.GetEnvironmentVariable("WAYMARK_STOP_ROUNDS") ?? "2", CultureInfo.InvariantCulture);
        Report("round  seed        answered  last  refused  lost: in flight  new  idle  unclean  exit  stop ms");
        int losses = 0;
        for (int round = 1; round <= rounds; round++)
            losses += await PlayRoundAsync(round, Random.Shared.Next());
        Assert.Equal(0, losses);
    }

    [Fact]
    public async Task The_clients_see_what_a_killed_server_loses()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.NotEqual(0, await PlayRoundAsync(0, Random.Shared.Next(), SigKill, exitCodeExpected: 128 + SigKill));
    }

    [Fact]
    public async Task A02_A_process_whose_port_is_taken_says_so_and_ends()
    {
        await using RunningServer first = await StartProbeAsync();
        int port = first.Client.BaseAddress!.Port;
        (int exitCode, _, string errors) = await RunningServer.RunAsync(
            ["dotnet", ProbePath()], ("PORT", port.ToString(CultureInfo.InvariantCulture)));
        Assert.Contains($":{port}: the address is in use.", errors, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
        _ = await first.Client.GetStringAsync(new Uri("/hello", UriKind.Relative), Stop);
        Assert.Equal(0, await first.TerminateAsync());
    }

    [Fact]
    public async Task A18_A_second_SIGINT_ends_the_process_at_once_with_130()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program env that resets signals is that of GNU.");

        // A shell has what it starts in the background ignore SIGINT, and who is started by that ignores it too.
        await using RunningServer server = await RunningServer.StartAsync(
            ["env", "--default-signal=INT", "dotnet", ProbePath()], ("PORT", "0"));
        using Socket slow = await ConnectAsync(server);
        await slow.SendAsync("GET /slow?ms=600000 HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());

        // An answer on a second connection shows that the server has come by.
        _ = await server.Client.GetStringAsync(new Uri("/hello", UriKind.Relative), Stop);
        server.Send(SigInt);
        await UntilLoggedAsync(server, "[1101] Stopping: SIGINT;");
        server.Send(SigInt);
        Assert.Equal(130, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task Out_of_descriptors_the_server_pauses_and_serves_who_waited_afterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no ulimit.");
        const int Limit = 160;
        string command = $"ulimit -n {Limit}; exec dotnet '{ProbePath()}'";
        await using RunningServer server = await RunningServer.StartAsync(["/bin/sh", "-c", command], ("PORT", "0"));

        // Once before, since loading the code for it takes descriptors too.
        _ = await server.Client.GetStringAsync(new Uri("/hello", UriKind.Relative), Stop);
        var sockets = new List<Socket>();
        for (int i = 0; i < Limit; i++)
            sockets.Add(await ConnectAsync(server));
        await UntilLoggedAsync(server, "[1021]");

        // The last stands in the kernel's queue: it is served as soon as others leave.
        await sockets[^1].SendAsync("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        foreach (Socket socket in sockets[..^1])
            socket.Dispose();
        byte[] buffer = new byte[1024];
        int count = await sockets[^1].ReceiveAsync(buffer, Stop).AsTask().WaitAsync(Patience, Stop);
        Assert.StartsWith("HTTP/1.1 200 ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
        sockets[^1].Dispose();
        await UntilLoggedAsync(server, "[1022]");
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<int> PlayRoundAsync(
        int round, int seed, int signal = SigTerm, int exitCodeExpected = 0)
    {
        await using RunningServer server = await StartProbeAsync();
        int port = server.Client.BaseAddress!.Port;
        var counts = new LoadCounts();
        var clients = new List<Task>();
        for (int i = 0; i < 3 * ClientsOfAKind + SilentClients; i++)
        {
            LoadKind kind = i < 3 * ClientsOfAKind ? (LoadKind)(i % 3) : LoadKind.Silent;
            var client = new LoadClient(kind, port, counts, new Random(seed + i));
            clients.Add(Task.Run(client.RunAsync, Stop));
        }

        while (Volatile.Read(ref counts.Answered) < 500)
            await PauseAsync();
        long start = Stopwatch.GetTimestamp();
        server.Send(signal);
        int exitCode = await server.WaitForExitAsync();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        await Task.WhenAll(clients).WaitAsync(Patience, Stop);
        Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{round,5}  {seed,-10}  {counts.Answered,8}  {counts.LastAnswers,4}  {counts.Refused,7}  "
            + $"{counts.LostInFlight,15}  {counts.LostNew,3}  {counts.LostIdle,4}  {counts.UncleanEnds,7}  "
            + $"{exitCode,4}  {elapsed.TotalMilliseconds,7:0}"));
        Assert.True(exitCode == exitCodeExpected, $"exit code {exitCode}\n{server.Errors}");

        // Each ends with a refused connect; of a killed server, with any failed one.
        Assert.Equal(3 * ClientsOfAKind + SilentClients, counts.Refused + counts.FailedConnects);
        return counts.Losses;
    }

    private static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);

    private static void Report(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private static string ProbePath()
    {
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(own, "..", "..", "Probe", Path.GetFileName(own), "Probe.dll"));
    }

    private static Task<RunningServer> StartProbeAsync() =>
        RunningServer.StartAsync(["dotnet", ProbePath()], ("PORT", "0"));

    private static async Task<Socket> ConnectAsync(RunningServer server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Client.BaseAddress!.Port), Stop);
        return socket;
    }

    private static async Task UntilLoggedAsync(RunningServer server, string text)
    {
        long start = Stopwatch.GetTimestamp();
        while (!server.Errors.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"No {text} in\n{server.Errors}");
            await PauseAsync();
        }
    }
}
