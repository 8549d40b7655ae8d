using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Waymark.Isolation.Cases;

/// <summary>D08 and D09: servers in processes of their own.</summary>
internal static class ServerCases
{
    private const string AnyPort = "http://127.0.0.1:0";

    public static async Task StartAsync()
    {
        await using IsolatedServer server = await IsolatedServer.StartAsync(
            AnyPort, Entries.Echo, "", "two words", "ä€😀", "a\nb");
        Expect.Equal("|two words|ä€😀|a\nb", await AskAsync(server));
        await using IsolatedServer second = await IsolatedServer.StartAsync("unix:@", Entries.Echo);
        Expect.Contains("unix:@", second.Endpoints.Single());
        Expect.Equal(0, await server.StopAsync());
        Expect.Equal(0, await server.Exited);
    }

    public static async Task FailAsync()
    {
        // As the same server fails in this process.
        await using HttpServer other = await Entries.Quiet().StartAsync(AnyPort);
        string taken = other.Endpoints[0];
        await using HttpServer own = Entries.Quiet();
        var here = await Expect.ThrowsAsync<ServerStartupException>(() => own.StartAsync(taken));
        var there = await Expect.ThrowsAsync<ServerStartupException>(
            () => IsolatedServer.StartAsync(taken, Entries.Echo));
        Expect.Equal(here.Message, there.Message);
        Expect.Equal(here.Endpoint, there.Endpoint);
        Expect.Equal<SocketError?>(SocketError.AddressAlreadyInUse, there.SocketError);
        Expect.Equal("Waymark.ServerStartupException", ((ChildProcessException)there.InnerException!).TypeName);

        var broken = await Expect.ThrowsAsync<ServerStartupException>(
            () => IsolatedServer.StartAsync(AnyPort, Entries.Broken));
        Expect.Equal("planted", broken.Message);
        var cause = (ChildProcessException)broken.InnerException!;
        Expect.Equal("System.IO.InvalidDataException", cause.TypeName);
        Expect.Contains("   at Waymark.Isolation.Cases.Entries", cause.Details);

        var ended = await Expect.ThrowsAsync<ServerStartupException>(
            () => IsolatedServer.StartAsync(AnyPort, Entries.Ends));
        Expect.Contains("ended with 3 before it was ready", ended.Message);

        var nonsense = await Expect.ThrowsAsync<ServerStartupException>(
            () => IsolatedServer.StartAsync("nonsense", Entries.Echo));
        Expect.Equal("Waymark.OptionsException", ((ChildProcessException)nonsense.InnerException!).TypeName);
    }

    public static async Task RefuseArgumentsAsync()
    {
        await RefuseAsync("Argument 2 is null", "x", null!);
        await RefuseAsync("Argument 1 holds half of a surrogate pair", "\uD83D");
        await RefuseAsync("The arguments have", new string('x', 60_001));
        await using IsolatedServer server = await IsolatedServer.StartAsync(
            AnyPort, Entries.Echo, new string('x', 59_900));
        Expect.Equal(new string('x', 59_900), await AskAsync(server));
    }

    public static async Task TerminateAsync()
    {
        await using IsolatedServer server = await IsolatedServer.StartAsync(AnyPort, Entries.Echo);
        int port = new Uri(server.Endpoints[0]).Port;
        long start = TimeProvider.System.GetTimestamp();
        Expect.Equal(137, await server.TerminateAsync());
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Expect.ThrowsAsync<SocketException>(
            () => socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port)));
        Console.WriteLine($"Refused after {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:F1} ms");
        Expect.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Expect.Equal(137, await server.TerminateAsync());
        Expect.Equal(137, await server.StopAsync());
        Expect.Equal(137, await server.Exited);
        await server.DisposeAsync();
    }

    public static async Task CollectAsync()
    {
        Task<int> exited = await LoseAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!exited.IsCompleted)
        {
#pragma warning disable RS0030 // What is tested is what the collector does.
            GC.Collect();
#pragma warning restore RS0030
            GC.WaitForPendingFinalizers();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public static async Task RecurseAsync()
    {
        // The child does not find its entry, goes on to this very line, and must not start a child of its own.
        var refused = await Expect.ThrowsAsync<ServerStartupException>(
            () => IsolatedServer.StartAsync(AnyPort, Entries.Unknown));
        Expect.Contains(
            "This process is a child that was to run the entry 'unknown', but went on to start the entry 'unknown'.",
            refused.Message);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<Task<int>> LoseAsync() =>
        (await IsolatedServer.StartAsync(AnyPort, Entries.Echo)).Exited;

    private static async Task RefuseAsync(string text, params string[] arguments) => Expect.Contains(
        text,
        (await Expect.ThrowsAsync<ArgumentException>(
            () => IsolatedServer.StartAsync(AnyPort, Entries.Echo, arguments))).Message);

    private static async Task<string> AskAsync(IsolatedServer server)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Endpoints[0]) };
        return await client.GetStringAsync(new Uri("/arguments", UriKind.Relative));
    }
}
