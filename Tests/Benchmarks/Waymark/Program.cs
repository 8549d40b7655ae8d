using Waymark;
using Waymark.Benchmarks.Server;

// WaymarkServer [--transport <name>] <address>...: serves Works until SIGTERM. Exit code 2: there is no such transport.
(string? transport, string[] addresses) = args is ["--transport", var name, .. var rest] ? (name, rest) : (null, args);
if (!Transports.TryChoose(transport, out ServerOptions options))
{
    Console.Error.WriteLine($"There is no transport '{transport}' here, only {string.Join(" and ", Transports.Names)}.");
    return 2;
}

await using var server = new HttpServer(Routes.Table, options);
return await server.RunAsync(addresses);
