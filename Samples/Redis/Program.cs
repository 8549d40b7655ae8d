using Waymark;

// Serves until Ctrl+C or SIGTERM. What it holds is in memory, and ends with it.
var database = new Database(TimeProvider.System);
var options = new TcpServerOptions
{
    PacketBytesMax = 64 * 1024 * 1024,
    ConnectionLogLevel = Microsoft.Extensions.Logging.LogLevel.Debug,
};
await using TcpServer server = TcpServer.Create(new RespProtocol(), new Redis(database), options)
    .AddTicker(new Ticker(TimeSpan.FromSeconds(1)), database.Sweep, new TickerOptions { Name = "sweep" });
return await server.RunAsync(args.ElementAtOrDefault(0) ?? "tcp://localhost:6379");
