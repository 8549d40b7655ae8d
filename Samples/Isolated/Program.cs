using System.Runtime.InteropServices;
using Waymark;

var entry = new IsolatedEntry("greeter", static arguments =>
{
    Greeter.Greeting = arguments[0];
    return new HttpServer(Routes.Table);
});
if (await IsolatedServer.RunChildAsync(entry) is { } exitCode)
    return exitCode;

// From here on this is the parent: it serves nothing itself.
var stop = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
string address = args.Length > 0 ? args[0] : "http://localhost:8080";
string greeting = args.Length > 1 ? args[1] : "Hello";
await using IsolatedServer server = await IsolatedServer.StartAsync(address, entry, greeting);
Console.WriteLine($"{string.Join(' ', server.Endpoints)} is served by process {server.ProcessId}\n");
await Task.WhenAny(stop.Task, server.Exited);
return await server.StopAsync();

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}

internal static class Greeter
{
    internal static string Greeting { get; set; } = "";

    [Get("/")]
    internal static string Greet() => $"{Greeting} from process {Environment.ProcessId}\n";
}
