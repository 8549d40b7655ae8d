using Waymark;

// Serves one folder until Ctrl+C or SIGTERM: everybody as "anonymous", or the one user of the third argument.
string address = args.ElementAtOrDefault(0) ?? "tcp://localhost:2121";
var folder = new FtpFolder(args.ElementAtOrDefault(1) ?? Directory.GetCurrentDirectory());
var users = new Users(args.ElementAtOrDefault(2));
await using TcpServer server = TcpServer.Create(
    new CommandLineProtocol(LineEnding.CarriageReturnLineFeed), new Ftp(folder, users),
    new TcpServerOptions { PacketBytesMax = 8192 });
return await server.RunAsync(address);
