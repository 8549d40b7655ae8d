using Todo;
using Waymark;

[assembly: OpenApi(Title = "Todo", Version = "1.0", Description = "Lists of things to do, in memory.")]

// Serves until Ctrl+C or SIGTERM. Addresses: the arguments, else WAYMARK_URLS, else http://localhost:8080.
using var files = new FileStore();
var options = new ServerOptions { Services = new ServiceSet { new TodoStore(TimeProvider.System), files } };
await using var server = new HttpServer(Routes.Table, options);
server.MapOpenApi("/openapi.json").MapDocs("/docs");
server.MapException<QuotaException>(429, "There are too many items; finish some first.");
return await server.RunAsync(args);
