using Waymark;
using WaymarkTcp._1;

// Addresses: the arguments, else this one.
await using TcpServer server = Service.Create();
return await server.RunAsync(args.Length > 0 ? args : ["tcp://localhost:7000"]);
