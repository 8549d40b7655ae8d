using Todo;
using Waymark;

[assembly: OpenApi(Title = "Todo", Version = "1.0", Description = "Lists of things to do, in memory.")]

// Serves until Ctrl+C or SIGTERM. Addresses: the arguments, else WAYMARK_URLS, else http://localhost:8080.
if (!Settings.TryReadItemsMax(out int itemsMax, out string problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

using var files = new FileStore();
var store = new TodoStore(itemsMax);
await using var server = new HttpServer(
    Routes.Table, new ServerOptions { Services = new ServiceSet { store, files, new TodoBoard(itemsMax) } });
server.Use(Cors.From(new CorsOptions { Origins = ["*"], ExposedHeaders = ["Location"] }));
server.Stopping.Register(store.EndWatches);
server.MapOpenApi("/openapi.json").MapDocs("/docs");
server.MapException<QuotaException>(429, "There are too many items; remove some first.");
server.MapException<IOException>(507, "The file cannot be kept.");
server.OnError((exchange, exception) =>
{
    Console.Error.WriteLine($"{exchange.Request.Method} {exchange.Request.Path}: {exception.GetType().Name}");
    return ValueTask.FromResult(false); // The answer is left to the mappings above.
});
return await server.RunAsync(args);
