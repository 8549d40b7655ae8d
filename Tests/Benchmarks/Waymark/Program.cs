using Waymark;
using Waymark.Benchmarks.Server;

// Waymark.Benchmarks.Server [--transport <name>] <address>...: serves Works until SIGTERM. Exit code 2: there is no
// such transport.
(string? transport, string[] addresses) = args is ["--transport", var name, .. var rest] ? (name, rest) : (null, args);
if (!TransportChoice.TryChoose(transport, out ServerOptions options))
{
    string names = string.Join(" and ", TransportChoice.Names);
    Console.Error.WriteLine($"There is no transport '{transport}' here, only {names}.");
    return 2;
}

await using var server = new HttpServer(Routes.Table, options);
return await server.RunAsync(addresses);
